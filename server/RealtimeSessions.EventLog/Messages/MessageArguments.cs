namespace RealtimeSessions.EventLog.Messages;

/// <summary>What every bus asks of what it is given.</summary>
internal static class MessageArguments
{
    /// <exception cref="ArgumentException">The message is larger than <see cref="IMessageBus.MaximumBytes"/>.</exception>
    public static void Check(byte[] message)
    {
        if (message.Length > IMessageBus.MaximumBytes)
        {
            throw new ArgumentException($"A message weighs at most {IMessageBus.MaximumBytes} bytes.", nameof(message));
        }
    }
}
