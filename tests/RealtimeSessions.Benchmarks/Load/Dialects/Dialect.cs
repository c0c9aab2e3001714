namespace RealtimeSessions.Benchmarks.Load.Dialects;

/// <summary>How one kind of hub is spoken to, and how its events are checked.</summary>
/// <param name="shape">What the patches look like.</param>
internal abstract class Dialect(PatchShape shape)
{
    /// <summary>What the patches look like.</summary>
    protected PatchShape Shape => shape;

    /// <summary>The dialect of that name.</summary>
    public static Dialect Of(string name, PatchShape shape) => name switch
    {
        SessionsDialect.Name => new SessionsDialect(shape),
        QuietSessionsDialect.Name => new QuietSessionsDialect(shape),
        BareDialect.Name => new BareDialect(shape),
        NothingDialect.Name => new NothingDialect(shape),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>The number of the patch that a callback carries.</summary>
    public static long PatchNumber(ReadOnlySpan<byte> record) => NumberAfter(record, "\"n\":"u8);

    /// <summary>Joins the member's session, or comes back into it; <see cref="Member.Ready"/> is called when events may follow.</summary>
    public abstract Task JoinAsync(Member member);

    /// <summary>Writes the call that makes the member's patch with a number.</summary>
    /// <returns>Its length.</returns>
    public abstract int WritePatch(Member member, long number, Span<byte> to);

    /// <summary>Takes a callback: an event is checked and counted.</summary>
    public abstract void Take(Member member, ReadOnlySpan<byte> record);

    /// <summary>Takes the answer to a patch.</summary>
    public virtual void TakeAnswer(Member member, ReadOnlySpan<byte> record)
    {
    }

    /// <summary>What a member must have received once all patches of its session have been made and answered.</summary>
    /// <param name="member">The member.</param>
    /// <param name="made">The session's patches.</param>
    public virtual long Due(Member member, long made) => made;

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
