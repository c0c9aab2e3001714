using RealtimeSessions.Server.Delivery.Frames;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>Concatenated frames that go out in one write.</summary>
/// <param name="Last">The sequence that a member's cursor has when they are written.</param>
/// <param name="LastWritten">The sequence of the last frame among them; 0 if there is none.</param>
/// <param name="Message">The frames; null if all of them were left out.</param>
/// <param name="Events">How many of the frames are events.</param>
internal readonly record struct Batch(long Last, long LastWritten, FrameMessage? Message, int Events)
{
    /// <summary>What one write weighs at most; a single frame may weigh more.</summary>
    public const int MaximumBytes = 32 * 1024;

    /// <summary>Cuts frames into batches.</summary>
    /// <param name="frames">The frames, in order, with their sequences; null where there is none or it is left out.</param>
    public static IEnumerable<Batch> Cut(IEnumerable<(long Sequence, byte[]? Frame)> frames)
    {
        var (group, bytes, last, lastWritten) = (new List<byte[]>(), 0, 0L, 0L);
        foreach (var (sequence, frame) in frames)
        {
            if (frame is not null && bytes > 0 && bytes + frame.Length > MaximumBytes)
            {
                yield return new Batch(last, lastWritten, Join(group, bytes), group.Count);
                group.Clear();
                bytes = 0;
            }

            last = sequence;
            if (frame is not null)
            {
                group.Add(frame);
                bytes += frame.Length;
                lastWritten = sequence;
            }
        }

        if (last > 0)
        {
            yield return bytes == 0 ? new Batch(last, 0, null, 0) : new Batch(last, lastWritten, Join(group, bytes), group.Count);
        }
    }

    private static FrameMessage Join(List<byte[]> frames, int bytes)
    {
        if (frames is [var only])
        {
            return new FrameMessage(only);
        }

        var joined = new byte[bytes];
        var rest = joined.AsSpan();
        foreach (var frame in frames)
        {
            frame.CopyTo(rest);
            rest = rest[frame.Length..];
        }

        return new FrameMessage(joined);
    }
}
