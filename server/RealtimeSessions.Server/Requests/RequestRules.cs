using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Server.Requests;

/// <summary>What the values in a request must be, beyond their shape. Each rule answers with the first error, or null.</summary>
internal sealed partial class RequestRules(IOptions<LimitsOptions> options)
{
    private const int MaximumPage = 1_000;
    private const long MaximumExactInteger = 1L << 53;

    private readonly LimitsOptions _limits = options.Value;

    /// <summary>Why a request is refused, or null.</summary>
    public Error? Check(object request) => request switch
    {
        CreateSessionRequest create => Check(create),
        PatchSessionDataRequest patch => Check(patch),
        CreateSessionEventRequest custom => Check(custom),
        ChangeSessionRequest change => Writer(change),
        ListSessionsRequest list => Check(list),
        ListSessionEventsRequest events => Check(events),
        JoinSessionRequest join => Check(join),
        _ => null,
    };

    private Error? Check(CreateSessionRequest request) =>
        Text("$.name", request.Name, 1, _limits.MaximumNameLength)
        ?? Text("$.description", request.Description, 0, _limits.MaximumDescriptionLength)
        ?? Id("$.sessionId", request.SessionId)
        ?? Properties(request.Properties)
        ?? Participants(request.Participants)
        ?? (request.Data is { IsObject: false } ? Error.InvalidArgument("$.data", "must be an object.") : null)
        ?? Writer(request);

    private Error? Check(PatchSessionDataRequest request) =>
        (request.Data.IsObject ? null : Error.InvalidArgument("$.data", "must be an object.")) ?? Writer(request);

    private Error? Check(CreateSessionEventRequest request) => Text("$.name", request.Name, 1, _limits.MaximumNameLength) ?? Writer(request);

    private Error? Check(ListSessionsRequest request) => Limit(request.Limit) ?? Properties(request.Properties);

    private static Error? Check(ListSessionEventsRequest request) =>
        Limit(request.Limit)
        ?? (request.After is < 0 ? Error.InvalidArgument("$.after", "must not be negative.") : null)
        ?? (request.Names is { Count: > 100 } ? Error.InvalidArgument("$.names", "must be at most 100 names.") : null)
        ?? (request.Names?.Contains(null!) == true ? Error.InvalidArgument("$.names", "must be texts.") : null);

    private static Error? Check(JoinSessionRequest request) =>
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
        id is null || IdForm().IsMatch(id) ? null : Error.InvalidArgument(path, "must be 1 to 64 of the characters A-Z a-z 0-9 _ and -.");

    private static Error? Text(string path, string? text, int minimum, int maximum) =>
        text is null || (text.Length >= minimum && text.Length <= maximum)
            ? null
            : Error.InvalidArgument(path, minimum == 0 ? $"must be at most {maximum} characters." : $"must be {minimum} to {maximum} characters.");

    private static Error? Limit(int? limit) =>
        limit is null or (>= 1 and <= MaximumPage) ? null : Error.InvalidArgument("$.limit", $"must be 1 to {MaximumPage}.");

    private Error? Properties(IReadOnlyDictionary<string, string>? properties)
    {
        if (properties?.Count > _limits.MaximumProperties)
        {
            return Error.InvalidArgument("$.properties", $"must be at most {_limits.MaximumProperties}.");
        }

        // The serializer lets a null pass as an element, whatever the element's type says.
        if (properties?.FirstOrDefault(property => property.Value is null) is { Key: { } empty })
        {
            return Error.InvalidArgument($"$.properties.{Shorten(empty)}", "must be a text.");
        }

        return properties?.FirstOrDefault(property => Encoding.UTF8.GetByteCount(property.Key) + Encoding.UTF8.GetByteCount(property.Value) > _limits.MaximumPropertyBytes)
            is { Key: { } name }
            ? Error.InvalidArgument($"$.properties.{Shorten(name)}", $"must be at most {_limits.MaximumPropertyBytes} bytes, its name included.")
            : null;
    }

    private static string Shorten(string name) => name[..Math.Min(name.Length, 40)];

    private Error? Participants(IReadOnlyList<Participant>? participants)
    {
        if (participants?.Count > _limits.MaximumParticipants)
        {
            return Error.InvalidArgument("$.participants", $"must be at most {_limits.MaximumParticipants}.");
        }

        for (var i = 0; i < participants?.Count; i++)
        {
            if (participants[i] is null)
            {
                return Error.InvalidArgument($"$.participants[{i}]", "must be an object.");
            }

            if (Text($"$.participants[{i}].id", participants[i].Id, 1, _limits.MaximumNameLength) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex IdForm();
}
