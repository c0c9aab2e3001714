namespace RealtimeSessions.Benchmarks.Load.Dialects;

/// <summary>How one kind of hub is spoken to, and how its events are checked.</summary>
internal abstract class Dialect
{
    /// <summary>How many names the patches go round.</summary>
    protected const int Names = 40;

    /// <summary>The dialect of that name.</summary>
    public static Dialect Of(string name) => name switch
    {
        SessionsDialect.Name => new SessionsDialect(),
        BareDialect.Name => new BareDialect(),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>The hub's address, with the token.</summary>
    public abstract string Path(string? token);

    /// <summary>Joins the member's session; <see cref="Member.Ready"/> is called when events may follow.</summary>
    public abstract Task JoinAsync(Member member);

    /// <summary>Writes the call that makes the member's patch with a number.</summary>
    /// <returns>Its length.</returns>
    public abstract int WritePatch(Member member, long number, Span<byte> to);

    /// <summary>Takes a callback: an event is checked and counted.</summary>
    public abstract void Take(Member member, ReadOnlySpan<byte> record);

    /// <summary>The number of the patch that a callback carries.</summary>
    public static long PatchNumber(ReadOnlySpan<byte> record) => NumberAfter(record, "\"n\":"u8);

    /// <summary>Reads the number that stands behind a name.</summary>
    /// <returns>The number, or -1 if the name is not there.</returns>
    protected static long NumberAfter(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        var place = text.IndexOf(name);
        if (place < 0)
        {
            return -1;
        }

        var number = 0L;
        for (var i = place + name.Length; i < text.Length && text[i] is >= (byte)'0' and <= (byte)'9'; i++)
        {
            number = (number * 10) + text[i] - '0';
        }

        return number;
    }
}
