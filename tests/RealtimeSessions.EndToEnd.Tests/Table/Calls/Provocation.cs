namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>A call that must be refused for what is there, not for who calls.</summary>
/// <param name="Code">The code it is answered with.</param>
/// <param name="Call">The call.</param>
/// <param name="Prepare">Makes what the refusal is for.</param>
internal sealed record Provocation(string Code, TableCall Call, Provocation.Preparation? Prepare = null)
{
    /// <summary>Makes what a refusal is for.</summary>
    /// <param name="stage">Does whatever it takes.</param>
    /// <param name="door">The door that the call will go through.</param>
    /// <param name="target">What the call will be about.</param>
    /// <returns>The call as it has to be; null: as it is.</returns>
    internal delegate Task<TableCall?> Preparation(Stage stage, Door door, Target target);

    /// <summary>The one door that it can go through; null: all that the row has.</summary>
    public string? OnlyOver { get; init; }

    /// <summary>Who calls.</summary>
    public string User { get; init; } = Model.Caller.Bob.User;

    public bool IsFor(Door door) => door.Serves(Call.Row) && (OnlyOver is null || OnlyOver == door.Source);

    public override string ToString() => $"{Code} of {Call.Row}";
}
