using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.MessagePack.Writing;

namespace RealtimeSessions.MessagePack.Messages;

/// <summary>Writes messages of the hub protocol: arrays whose first item is their type.</summary>
/// <param name="writer">Where to.</param>
/// <param name="options">How the serializer writes arguments and results.</param>
internal readonly struct HubMessageWriter(MessagePackWriter writer, JsonSerializerOptions options)
{
    /// <exception cref="NotSupportedException">There is no such message in the protocol.</exception>
    public void Write(HubMessage message)
    {
        switch (message)
        {
            case InvocationMessage invocation:
                Begin(6, HubProtocolConstants.InvocationMessageType, invocation);
                WriteInvocation(invocation);
                break;
            case StreamInvocationMessage invocation:
                Begin(6, HubProtocolConstants.StreamInvocationMessageType, invocation);
                WriteInvocation(invocation);
                break;
            case StreamItemMessage item:
                Begin(4, HubProtocolConstants.StreamItemMessageType, item);
                WriteValue(item.Item);
                break;
            case CompletionMessage completion:
                WriteCompletion(completion);
                break;
            case CancelInvocationMessage cancellation:
                Begin(3, HubProtocolConstants.CancelInvocationMessageType, cancellation);
                break;
            case PingMessage:
                Begin(1, HubProtocolConstants.PingMessageType);
                break;
            case CloseMessage close:
                Begin(3, HubProtocolConstants.CloseMessageType);
                WriteStringOrNil(close.Error);
                writer.WriteBoolean(close.AllowReconnect);
                break;
            case AckMessage ack:
                Begin(2, HubProtocolConstants.AckMessageType);
                writer.WriteInteger(ack.SequenceId);
                break;
            case SequenceMessage sequence:
                Begin(2, HubProtocolConstants.SequenceMessageType);
                writer.WriteInteger(sequence.SequenceId);
                break;
            default:
                throw new NotSupportedException($"{message.GetType().Name} is no message of the protocol.");
        }
    }

    private void WriteInvocation(HubMethodInvocationMessage invocation)
    {
        writer.WriteString(invocation.Target);
        writer.WriteArrayHeader(invocation.Arguments.Length);
        foreach (var argument in invocation.Arguments)
        {
            WriteValue(argument);
        }

        var streams = invocation.StreamIds ?? [];
        writer.WriteArrayHeader(streams.Length);
        foreach (var id in streams)
        {
            writer.WriteString(id);
        }
    }

    private void WriteCompletion(CompletionMessage completion)
    {
        var kind = completion.Error is not null ? ResultKind.Error : completion.HasResult ? ResultKind.Value : ResultKind.Void;
        Begin(kind == ResultKind.Void ? 4 : 5, HubProtocolConstants.CompletionMessageType, completion);
        writer.WriteInteger(kind);
        if (kind == ResultKind.Error)
        {
            writer.WriteString(completion.Error!);
        }
        else if (kind == ResultKind.Value)
        {
            WriteValue(completion.Result);
        }
    }

    private void Begin(int items, int type, HubInvocationMessage message)
    {
        Begin(items, type);
        writer.WriteMapHeader(message.Headers?.Count ?? 0);
        foreach (var (name, value) in message.Headers ?? new Dictionary<string, string>())
        {
            writer.WriteString(name);
            writer.WriteString(value);
        }

        WriteStringOrNil(message.InvocationId);
    }

    private void Begin(int items, int type)
    {
        writer.WriteArrayHeader(items);
        writer.WriteInteger(type);
    }

    private void WriteStringOrNil(string? text)
    {
        if (text is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.WriteString(text);
        }
    }

    private void WriteValue(object? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        using var json = JsonBuffer.Rent();
        JsonSerializer.Serialize(json.Writer, value, value.GetType(), options);
        writer.WriteJson(json.Written());
    }
}
