namespace RealtimeSessions.MessagePack.Messages;

/// <summary>What a completion holds.</summary>
internal static class ResultKind
{
    public const int Error = 1, Void = 2, Value = 3;
}
