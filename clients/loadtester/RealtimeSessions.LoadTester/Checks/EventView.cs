namespace RealtimeSessions.LoadTester.Checks;

/// <summary>An event as the checks see it, for the time of a call.</summary>
internal readonly ref struct EventView
{
    /// <summary>Its place.</summary>
    public required long Sequence { get; init; }

    /// <summary>The hash of its id.</summary>
    public required ulong Id { get; init; }

    /// <summary>The hash of its id and of what it says.</summary>
    public required ulong Content { get; init; }

    /// <summary>Which call of this run made it; default: none that is known.</summary>
    public CallKey Call { get; init; }

    /// <summary>What it changes.</summary>
    public EventKind Kind { get; init; }

    /// <summary>The patch, or the data of a custom event, as JSON; may be empty.</summary>
    public ReadOnlySpan<byte> Data { get; init; }
}

/// <summary>What an event changes, as far as the checks fold it.</summary>
internal enum EventKind
{
    /// <summary>Nothing that is folded.</summary>
    Other,

    /// <summary>The session data.</summary>
    Patch,

    /// <summary>The text: a custom event named <c>edit</c>.</summary>
    Edit,
}

/// <summary>A call that makes an event.</summary>
/// <param name="Writer">The hash of its writer's id.</param>
/// <param name="Number">The writer's number for it, from 1.</param>
internal readonly record struct CallKey(ulong Writer, long Number);
