namespace RealtimeSessions.LoadTester.Measure;

/// <summary>A piece of a run. Times are in milliseconds; a percentile is null where nothing was measured.</summary>
internal sealed record LoadSample
{
    /// <summary>Its end, in seconds from the run's beginning.</summary>
    public required double At { get; init; }

    /// <summary>How long it is, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Calls answered in a second.</summary>
    public required double CallsPerSecond { get; init; }

    /// <summary>Events received in a second, by all connections together.</summary>
    public required double DeliveriesPerSecond { get; init; }

    /// <summary>Bytes received in a second.</summary>
    public required double BytesPerSecond { get; init; }

    /// <summary>Connections in their sessions, at its end.</summary>
    public required long Connections { get; init; }

    /// <summary>Calls without an answer, at its end.</summary>
    public required long InFlight { get; init; }

    /// <summary>The time from call to answer, half of them took at most.</summary>
    public double? CallP50 { get; init; }

    /// <summary>… 99 of 100.</summary>
    public double? CallP99 { get; init; }

    /// <summary>The time from call to receipt of its event, half of them took at most.</summary>
    public double? DeliveryP50 { get; init; }

    /// <summary>… 99 of 100.</summary>
    public double? DeliveryP99 { get; init; }

    /// <summary>… 999 of 1,000.</summary>
    public double? DeliveryP999 { get; init; }

    /// <summary>Refused calls, failed attempts to connect and lost connections in it.</summary>
    public required long Errors { get; init; }

    /// <summary>Connections that came back in it after they were cut or lost.</summary>
    public required long Reconnects { get; init; }

    /// <summary>What the checks have found wrong in it: lost, doubled, disordered, different events.</summary>
    public required long Violations { get; init; }

    /// <summary>Processors that the tester kept busy.</summary>
    public required double Processors { get; init; }

    /// <summary>Memory that the tester holds at its end, in bytes.</summary>
    public required long Memory { get; init; }

    /// <summary>Two neighbours as one: rates by their lengths, of percentiles the worse.</summary>
    public static LoadSample Join(LoadSample first, LoadSample second)
    {
        var whole = first.Seconds + second.Seconds;
        return second with
        {
            Seconds = whole,
            CallsPerSecond = Mean(first.CallsPerSecond, second.CallsPerSecond),
            DeliveriesPerSecond = Mean(first.DeliveriesPerSecond, second.DeliveriesPerSecond),
            BytesPerSecond = Mean(first.BytesPerSecond, second.BytesPerSecond),
            CallP50 = Worse(first.CallP50, second.CallP50),
            CallP99 = Worse(first.CallP99, second.CallP99),
            DeliveryP50 = Worse(first.DeliveryP50, second.DeliveryP50),
            DeliveryP99 = Worse(first.DeliveryP99, second.DeliveryP99),
            DeliveryP999 = Worse(first.DeliveryP999, second.DeliveryP999),
            Errors = first.Errors + second.Errors,
            Reconnects = first.Reconnects + second.Reconnects,
            Violations = first.Violations + second.Violations,
            Processors = Mean(first.Processors, second.Processors),
        };

        double Mean(double one, double other) => whole == 0 ? other : ((one * first.Seconds) + (other * second.Seconds)) / whole;

        static double? Worse(double? one, double? other) => one is null || other > one ? other : one;
    }
}
