using System.Runtime.ExceptionServices;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using RealtimeSessions.MessagePack.Reading;

namespace RealtimeSessions.MessagePack.Messages;

/// <summary>
/// Reads one message of the hub protocol: an array whose first item is its type. Items beyond those it knows are passed over, and so is a message
/// of a type that it does not know.
/// </summary>
/// <param name="bytes">The message without its length.</param>
/// <param name="binder">Knows what arguments and results are to be.</param>
/// <param name="options">How the serializer reads them.</param>
internal ref struct HubMessageReader(ReadOnlySpan<byte> bytes, IInvocationBinder binder, JsonSerializerOptions options)
{
    /// <summary>How many containers the items of a message, and their own elements, are in.</summary>
    private const int DepthOfItems = 1, DepthOfElements = 2;

    private MessagePackReader _reader = new(bytes);
    private int _itemsLeft;

    /// <exception cref="InvalidDataException">It is no message.</exception>
    public HubMessage Read()
    {
        _itemsLeft = _reader.ReadArray();
        Next();
        var message = ReadMessage(_reader.ReadInteger());
        for (; _itemsLeft > 0; _itemsLeft--)
        {
            _reader.Skip(DepthOfItems);
        }

        return _reader.IsAtEnd ? message : throw new InvalidDataException("The message is longer than what it holds.");
    }

    private HubMessage ReadMessage(long type) => type switch
    {
        HubProtocolConstants.InvocationMessageType => WithHeaders(ReadHeaders(), ReadInvocation()),
        HubProtocolConstants.StreamItemMessageType => ReadStreamItem(ReadHeaders()),
        HubProtocolConstants.CompletionMessageType => WithHeaders(ReadHeaders(), ReadCompletion()),
        HubProtocolConstants.StreamInvocationMessageType => WithHeaders(ReadHeaders(), ReadStreamInvocation()),
        HubProtocolConstants.CancelInvocationMessageType => WithHeaders(ReadHeaders(), new CancelInvocationMessage(ReadId())),
        HubProtocolConstants.CloseMessageType => ReadClose(),
        HubProtocolConstants.AckMessageType => new AckMessage(ReadSequenceId()),
        HubProtocolConstants.SequenceMessageType => new SequenceMessage(ReadSequenceId()),

        // A message that is not known is as good as a ping: a sign of life. Were it none at all, the connection would wait for more of it.
        _ => PingMessage.Instance,
    };

    private HubInvocationMessage ReadInvocation()
    {
        Next();
        var id = _reader.ReadStringOrNil() is { Length: > 0 } given ? given : null;
        var target = ReadTarget();
        var arguments = ReadArguments(target, out var failure);
        var streams = ReadStreamIds();
        return failure is null ? new InvocationMessage(id, target, arguments, streams) : new InvocationBindingFailureMessage(id, target, failure);
    }

    private HubInvocationMessage ReadStreamInvocation()
    {
        var id = ReadId();
        var target = ReadTarget();
        var arguments = ReadArguments(target, out var failure);
        var streams = ReadStreamIds();
        return failure is null ? new StreamInvocationMessage(id, target, arguments, streams) : new InvocationBindingFailureMessage(id, target, failure);
    }

    private HubMessage ReadStreamItem(Dictionary<string, string>? headers)
    {
        var id = ReadId();
        Next();
        var (type, failure) = TypeOf(id, binder.GetStreamItemType);
        var item = ReadValue(type, DepthOfItems);
        failure ??= item.Failure;
        return failure is null
            ? WithHeaders(headers, new StreamItemMessage(id, item.Value))
            : new StreamBindingFailureMessage(id, ExceptionDispatchInfo.Capture(failure));
    }

    private CompletionMessage ReadCompletion()
    {
        var id = ReadId();
        Next();
        switch (_reader.ReadInteger())
        {
            case ResultKind.Error:
                Next();
                return new CompletionMessage(id, _reader.ReadString(), result: null, hasResult: false);
            case ResultKind.Void:
                return new CompletionMessage(id, error: null, result: null, hasResult: false);
            case ResultKind.Value:
                Next();
                var (type, _) = TypeOf(id, binder.GetReturnType);
                var result = ReadValue(type, DepthOfItems);
                return result.Failure is null
                    ? new CompletionMessage(id, error: null, result.Value, hasResult: true)
                    : new CompletionMessage(id, $"The result is no {type!.Name}: {result.Failure.Message}", result: null, hasResult: false);
            default:
                throw new InvalidDataException("The message holds a result of an unknown kind.");
        }
    }

    private CloseMessage ReadClose()
    {
        var error = TryNext() ? _reader.ReadStringOrNil() : null;
        return new CloseMessage(error, allowReconnect: TryNext() && _reader.ReadBoolean());
    }

    private long ReadSequenceId()
    {
        Next();
        return _reader.ReadInteger();
    }

    private string ReadId()
    {
        Next();
        return _reader.ReadString() is { Length: > 0 } id ? id : throw new InvalidDataException("The message holds an invocation id that is empty.");
    }

    private string ReadTarget()
    {
        Next();
        var utf8 = _reader.ReadUtf8();
        return utf8.IsEmpty ? throw new InvalidDataException("The message holds a target that is empty.") : binder.GetTarget(utf8) ?? MessagePackReader.ToText(utf8);
    }

    /// <summary>Reads the arguments to their end, whatever becomes of them.</summary>
    private object?[] ReadArguments(string target, out ExceptionDispatchInfo? failure)
    {
        Next();
        var count = _reader.ReadArray();
        var (types, reason) = TypeOf(target, binder.GetParameterTypes);
        if (types is not null && types.Count != count)
        {
            reason = new InvalidDataException($"The call has {count} arguments, and the method takes {types.Count}.");
        }

        var arguments = new object?[types?.Count ?? 0];
        for (var i = 0; i < count; i++)
        {
            var argument = ReadValue(reason is null ? types?[i] : null, DepthOfElements);
            reason ??= argument.Failure;
            if (reason is null)
            {
                arguments[i] = argument.Value;
            }
        }

        failure = reason is null ? null : ExceptionDispatchInfo.Capture(reason);
        return arguments;
    }

    /// <summary>Absent, or empty, as older clients write it: null.</summary>
    private string[]? ReadStreamIds()
    {
        if (!TryNext() || _reader.ReadArray() is not (> 0 and var count))
        {
            return null;
        }

        var ids = new string[count];
        for (var i = 0; i < count; i++)
        {
            ids[i] = _reader.ReadString();
        }

        return ids;
    }

    private Dictionary<string, string>? ReadHeaders()
    {
        Next();
        var count = _reader.ReadMap();
        var headers = count == 0 ? null : new Dictionary<string, string>(count, StringComparer.Ordinal);
        for (; count > 0; count--)
        {
            headers![_reader.ReadString()] = _reader.ReadString();
        }

        return headers;
    }

    private static HubInvocationMessage WithHeaders(Dictionary<string, string>? headers, HubInvocationMessage message)
    {
        message.Headers = headers;
        return message;
    }

    /// <summary>Reads a value; without a type, passes over it.</summary>
    private BoundValue ReadValue(Type? type, int depth)
    {
        if (type is not null)
        {
            return BoundValue.Read(ref _reader, depth, type, options);
        }

        _reader.Skip(depth);
        return default;
    }

    /// <summary>Asks the binder, which throws where it does not know.</summary>
    private static (T? Type, Exception? Failure) TypeOf<T>(string of, Func<string, T> ask)
        where T : class
    {
        try
        {
            return (ask(of), null);
        }
        catch (Exception exception)
        {
            return (null, exception);
        }
    }

    /// <summary>Goes to an item that must be there.</summary>
    private void Next()
    {
        if (!TryNext())
        {
            throw new InvalidDataException("The message holds fewer items than its type asks for.");
        }
    }

    private bool TryNext()
    {
        var isThere = _itemsLeft > 0;
        _itemsLeft -= isThere ? 1 : 0;
        return isThere;
    }
}
