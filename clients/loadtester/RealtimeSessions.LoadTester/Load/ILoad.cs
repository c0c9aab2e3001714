namespace RealtimeSessions.LoadTester.Load;

/// <summary>What a command does to the server, in steps: prepare, load, and be judged when everything has arrived.</summary>
internal interface ILoad
{
    /// <summary>What every run is made of.</summary>
    LoadRun Run { get; }

    /// <summary>How long to wait, after the last thing heard, for what is on its way.</summary>
    TimeSpan Patience { get; }

    /// <summary>How much of it is done, 0 to 1; null: that cannot be told yet.</summary>
    double? Progress { get; }

    /// <summary>What whoever reads the report should know besides.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Makes the sessions and connects.</summary>
    /// <exception cref="LoadException">It cannot.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Makes the load.</summary>
    /// <param name="cancellationToken">Makes no more of it; this is no error.</param>
    Task LoadAsync(CancellationToken cancellationToken);

    /// <summary>The checks that are this command's own. Called once, at the end.</summary>
    /// <param name="wasInterrupted">Whether the load was cut short by the user.</param>
    IReadOnlyList<CheckOutcome> Judge(bool wasInterrupted);
}

/// <summary>What a check has come to.</summary>
/// <param name="Name">What has to hold.</param>
/// <param name="Held">Whether it does; null: it could not be judged.</param>
/// <param name="Detail">In figures.</param>
internal sealed record CheckOutcome(string Name, bool? Held, string Detail);
