using StackExchange.Redis;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>The arguments and the reply of <c>append.lua</c>.</summary>
internal static class AppendRequest
{
    private const int FixedArguments = 7;
    private const int ArgumentsPerAppend = 7;
    private const int ValuesPerResult = 4;

    /// <summary>The arguments for some of the appends of a call.</summary>
    public static RedisValue[] Write(RedisChannel channel, DateTimeOffset now, LogOptions options, ArraySegment<LogAppend> appends)
    {
        var (length, makesLog) = (FixedArguments, false);
        foreach (var append in appends)
        {
            length += ArgumentsPerAppend + append.Events.Count;
            makesLog |= append.MustBeNew;
        }

        var arguments = new RedisValue[length];
        arguments[0] = (string)channel!;
        arguments[1] = makesLog ? LogEpoch.New() : RedisValue.EmptyString;
        arguments[2] = now.ToUnixTimeMilliseconds();
        arguments[3] = (now - options.WriterRetention).ToUnixTimeMilliseconds();
        arguments[4] = options.MaximumWriters;
        arguments[5] = options.SnapshotMinimumBytes;
        arguments[6] = options.SnapshotEvents;
        var at = FixedArguments;
        foreach (var append in appends)
        {
            at = Write(append, arguments, at);
        }

        return arguments;
    }

    /// <summary>Adds the results of as many appends as the reply answers.</summary>
    public static void Read(RedisResult reply, List<AppendResult> results)
    {
        var values = (RedisValue[])reply!;
        var epoch = (string)values[0]!;
        for (var at = 1; at < values.Length; at += ValuesPerResult)
        {
            var (outcome, sequence, guard, detail) =
                ((AppendOutcome)(int)values[at], (long)values[at + 1], (long)values[at + 2], values[at + 3]);

            // Without a log there is no sequence, and a log made by a later append of the group has lent this one no epoch.
            results.Add(Result(outcome, sequence == 0 ? "" : epoch, sequence, guard, detail));
        }
    }

    private static int Write(LogAppend append, RedisValue[] arguments, int at)
    {
        var rights = 0;
        for (var i = 0; i < append.Events.Count; i++)
        {
            arguments[at + ArgumentsPerAppend + i] = EventFrame.Write(append.Events[i]);
            rights = append.Events[i].ChangesRights ? i + 1 : rights;
        }

        arguments[at] = (append.MustBeNew ? "n" : "") + (append.AllowSealed ? "a" : "") + (append.Seal ? "s" : "")
            + (append.Writer is { IsPermanent: true } ? "p" : "");
        arguments[at + 1] = Optional(append.ExpectedSequence);
        arguments[at + 2] = Optional(append.ExpectedGuard);
        arguments[at + 3] = append.Writer?.Writer ?? "";
        arguments[at + 4] = append.Writer?.Number ?? 0;
        arguments[at + 5] = rights;
        arguments[at + 6] = append.Events.Count;
        return at + ArgumentsPerAppend + append.Events.Count;
    }

    private static RedisValue Optional(long? value) => value is { } given ? given : RedisValue.EmptyString;

    private static AppendResult Result(AppendOutcome outcome, string epoch, long sequence, long guard, RedisValue detail) => outcome switch
    {
        AppendOutcome.Appended => new(outcome, epoch, sequence, guard) { SnapshotDue = (int)detail == 1 },
        AppendOutcome.Duplicate => Duplicate(epoch, sequence, guard, (byte[])detail!),
        AppendOutcome.WriterGap => new(outcome, epoch, sequence, guard) { NextNumber = (long)detail },
        _ => new(outcome, epoch, sequence, guard),
    };

    private static AppendResult Duplicate(string epoch, long sequence, long guard, byte[] header)
    {
        var (eventId, createdAt) = EventFrame.ReadHeader(header);
        return new(AppendOutcome.Duplicate, epoch, sequence, guard) { EventId = eventId, CreatedAt = createdAt };
    }
}
