namespace RealtimeSessions.EventLog.Embedded.Logs;

/// <summary>An append that entered, as the journal holds it.</summary>
/// <param name="Log">The log.</param>
/// <param name="Epoch">The log's epoch.</param>
/// <param name="First">The sequence of its first event.</param>
/// <param name="Append">The append. Its conditions are not held: it was decided.</param>
internal readonly record struct JournaledAppend(LogId Log, string Epoch, long First, LogAppend Append)
{
    private const int GuidBytes = 16;

    [Flags]
    private enum Marks : byte
    {
        None = 0,
        Seal = 1,
        HasWriter = 2,
        IsPermanent = 4,
    }

    public static JournaledAppend Read(ReadOnlyMemory<byte> content)
    {
        using var from = new BinaryReader(new MemoryStream(content.ToArray()));
        var (log, epoch, first, marks) = (new LogId(from.ReadString()), from.ReadString(), from.ReadInt64(), (Marks)from.ReadByte());
        WriterNumber? writer = marks.HasFlag(Marks.HasWriter)
            ? new WriterNumber(from.ReadString(), from.ReadInt64()) { IsPermanent = marks.HasFlag(Marks.IsPermanent) }
            : null;
        var events = new NewEvent[from.ReadInt32()];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = ReadEvent(from);
        }

        return new JournaledAppend(log, epoch, first, new LogAppend { Events = events, Writer = writer, Seal = marks.HasFlag(Marks.Seal) });
    }

    public void Write(BinaryWriter to)
    {
        to.Write(Log.Value);
        to.Write(Epoch);
        to.Write(First);
        to.Write((byte)((Append.Seal ? Marks.Seal : 0) | (Append.Writer switch
        {
            null => Marks.None,
            { IsPermanent: true } => Marks.HasWriter | Marks.IsPermanent,
            _ => Marks.HasWriter,
        })));
        if (Append.Writer is { } writer)
        {
            to.Write(writer.Writer);
            to.Write(writer.Number);
        }

        to.Write(Append.Events.Count);
        foreach (var e in Append.Events)
        {
            Write(to, e);
        }
    }

    private static NewEvent ReadEvent(BinaryReader from)
    {
        var (id, createdAt, changesRights) = (new Guid(from.ReadBytes(GuidBytes)), from.ReadInt64(), from.ReadBoolean());
        return new NewEvent(id, DateTimeOffset.FromUnixTimeMilliseconds(createdAt), from.ReadBytes(from.ReadInt32())) { ChangesRights = changesRights };
    }

    private static void Write(BinaryWriter to, NewEvent e)
    {
        Span<byte> id = stackalloc byte[GuidBytes];
        e.EventId.TryWriteBytes(id);
        to.Write(id);
        to.Write(e.CreatedAt.ToUnixTimeMilliseconds());
        to.Write(e.ChangesRights);
        to.Write(e.Payload.Length);
        to.Write(e.Payload.Span);
    }
}
