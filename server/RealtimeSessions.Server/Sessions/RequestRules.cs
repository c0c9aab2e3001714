using System.Text;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Server.Sessions;

/// <summary>What the values in a request must be, beyond their shape. Each rule answers with the first error, or null.</summary>
internal static class RequestRules
{
    private const int MaximumName = 200;
    private const int MaximumDescription = 4_000;
    private const int MaximumProperties = 64;
    private const int MaximumPropertyBytes = 1_024;
    private const int MaximumParticipants = 1_000;
    private const int MaximumPage = 1_000;
    private const long MaximumExactInteger = 1L << 53;

    public static Error? Check(CreateSessionRequest request) =>
        Text("$.name", request.Name, 1, MaximumName)
        ?? Text("$.description", request.Description, 0, MaximumDescription)
        ?? Id("$.sessionId", request.SessionId)
        ?? Properties(request.Properties)
        ?? Participants(request.Participants)
        ?? (request.Data is { IsObject: false } ? Error.InvalidArgument("$.data", "must be an object.") : null)
        ?? Writer(request);

    public static Error? Check(PatchSessionDataRequest request) =>
        (request.Data.IsObject ? null : Error.InvalidArgument("$.data", "must be an object.")) ?? Writer(request);

    public static Error? Check(CreateSessionEventRequest request) => Text("$.name", request.Name, 1, MaximumName) ?? Writer(request);

    public static Error? Check(ChangeSessionRequest request) => Writer(request);

    public static Error? Check(ListSessionsRequest request) => Limit(request.Limit) ?? Properties(request.Properties);

    public static Error? Check(ListSessionEventsRequest request) =>
        Limit(request.Limit)
        ?? (request.After is < 0 ? Error.InvalidArgument("$.after", "must not be negative.") : null)
        ?? (request.Names is { Count: > 100 } ? Error.InvalidArgument("$.names", "must be at most 100 names.") : null)
        ?? (request.Names?.Contains(null!) == true ? Error.InvalidArgument("$.names", "must be texts.") : null);

    public static Error? Check(JoinSessionRequest request) =>
        request.Since is { Sequence: < 0 or > MaximumExactInteger } ? Error.InvalidArgument("$.since.sequence", "must be a sequence.") : null;

    private static Error? Writer(IChangeRequest request) => (request.WriterId, request.WriterSequence) switch
    {
        (null, null) => null,
        (null, _) => Error.InvalidArgument("$.writerId", "must go with writerSequence."),
        (_, null) => Error.InvalidArgument("$.writerSequence", "must go with writerId."),
        (_, < 1 or > MaximumExactInteger) => Error.InvalidArgument("$.writerSequence", "must be 1 or more, and at most 2^53."),
        _ => Id("$.writerId", request.WriterId),
    };

    private static Error? Id(string path, string? id) =>
        id is null || SessionKey.IsSessionId(id) ? null : Error.InvalidArgument(path, "must be 1 to 64 of the characters A-Z a-z 0-9 _ and -.");

    private static Error? Text(string path, string? text, int minimum, int maximum) =>
        text is null || (text.Length >= minimum && text.Length <= maximum)
            ? null
            : Error.InvalidArgument(path, minimum == 0 ? $"must be at most {maximum} characters." : $"must be {minimum} to {maximum} characters.");

    private static Error? Limit(int? limit) =>
        limit is null or (>= 1 and <= MaximumPage) ? null : Error.InvalidArgument("$.limit", $"must be 1 to {MaximumPage}.");

    private static Error? Properties(IReadOnlyDictionary<string, string>? properties)
    {
        if (properties is { Count: > MaximumProperties })
        {
            return Error.InvalidArgument("$.properties", $"must be at most {MaximumProperties}.");
        }

        // The serializer lets a null pass as an element, whatever the element's type says.
        if (properties?.FirstOrDefault(property => property.Value is null) is { Key: { } empty })
        {
            return Error.InvalidArgument($"$.properties.{Shorten(empty)}", "must be a text.");
        }

        return properties?.FirstOrDefault(property => Encoding.UTF8.GetByteCount(property.Key) + Encoding.UTF8.GetByteCount(property.Value) > MaximumPropertyBytes)
            is { Key: { } name }
            ? Error.InvalidArgument($"$.properties.{Shorten(name)}", $"must be at most {MaximumPropertyBytes} bytes, its name included.")
            : null;
    }

    private static string Shorten(string name) => name[..Math.Min(name.Length, 40)];

    private static Error? Participants(IReadOnlyList<Participant>? participants)
    {
        if (participants is { Count: > MaximumParticipants })
        {
            return Error.InvalidArgument("$.participants", $"must be at most {MaximumParticipants}.");
        }

        for (var i = 0; i < participants?.Count; i++)
        {
            if (participants[i] is null)
            {
                return Error.InvalidArgument($"$.participants[{i}]", "must be an object.");
            }

            if (Text($"$.participants[{i}].id", participants[i].Id, 1, MaximumName) is { } error)
            {
                return error;
            }
        }

        return null;
    }
}
