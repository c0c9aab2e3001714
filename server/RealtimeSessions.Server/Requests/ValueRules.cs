using System.Collections.ObjectModel;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Server.Requests;

/// <summary>What single values must be, wherever they stand in a request. Each rule takes the value's path and answers with the first error, or null.</summary>
internal sealed partial class ValueRules(IOptions<LimitsOptions> options)
{
    private const int MaximumPage = 1_000;
    private const int LongestPath = 200;
    private const long MaximumSequence = 1L << 53;

    /// <summary>An event holds at most 4 MiB, and there is more in it than data.</summary>
    private const int MaximumEventData = (4 * 1024 * 1024) - (16 * 1024);

    /// <summary>What stands around a state takes some of the depth that is left to it.</summary>
    private const int MaximumPresenceDepth = JsonTreeConverter.MaximumDepth - 2;

    private readonly LimitsOptions _limits = options.Value;

    public Error? Name(string path, string? name) =>
        name is null || (name.Length >= 1 && name.Length <= _limits.MaximumNameLength)
            ? null
            : Error.InvalidArgument(path, $"must be 1 to {_limits.MaximumNameLength} characters.");

    public Error? Description(string path, string? text) =>
        text is null || text.Length <= _limits.MaximumDescriptionLength
            ? null
            : Error.InvalidArgument(path, $"must be at most {_limits.MaximumDescriptionLength} characters.");

    public static Error? Id(string path, string? id) =>
        id is null || IsId(id) ? null : Error.InvalidArgument(path, "must be 1 to 64 of the characters A-Z a-z 0-9 _ and -.");

    public static Error? Page(string path, int? limit) =>
        limit is null or (>= 1 and <= MaximumPage) ? null : Error.InvalidArgument(path, $"must be 1 to {MaximumPage}.");

    /// <param name="path">Where it stands.</param>
    /// <param name="sequence">The sequence, if one is given.</param>
    /// <param name="first">0 where "before the first event" can be meant, else 1.</param>
    public static Error? Sequence(string path, long? sequence, long first = 0) =>
        sequence is null || (sequence >= first && sequence <= MaximumSequence)
            ? null
            : Error.InvalidArgument(path, $"must be {first} or more, and at most 2^53.");

    public static Error? Since(ResumePosition? since) => Sequence("$.since.sequence", since?.Sequence);

    /// <summary>Texts of a list: not too many of them, and each is there.</summary>
    public static Error? Texts(string path, IReadOnlyList<string>? texts, int maximum)
    {
        if (texts?.Count > maximum)
        {
            return Error.InvalidArgument(path, $"must be at most {maximum}.");
        }

        // The serializer lets a null pass as an element, whatever the element's type says.
        return texts?.Contains(null!) == true ? Error.InvalidArgument(path, "must be texts.") : null;
    }

    public Error? Properties(string path, IReadOnlyDictionary<string, string>? properties)
    {
        if (properties?.Count > _limits.MaximumProperties)
        {
            return Error.InvalidArgument(path, $"must be at most {_limits.MaximumProperties}.");
        }

        foreach (var (name, value) in properties ?? ReadOnlyDictionary<string, string>.Empty)
        {
            if (name == ReservedName.Text)
            {
                return Reserved($"{path}.{name}");
            }

            if (value is null)
            {
                return Error.InvalidArgument($"{path}.{Shorten(name, 40)}", "must be a text.");
            }

            if (Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value) > _limits.MaximumPropertyBytes)
            {
                return Error.InvalidArgument(
                    $"{path}.{Shorten(name, 40)}", $"must be at most {_limits.MaximumPropertyBytes} bytes, its name included.");
            }
        }

        return null;
    }

    public Error? Participants(string path, IReadOnlyList<Participant>? participants)
    {
        if (participants?.Count > _limits.MaximumParticipants)
        {
            return Error.InvalidArgument(path, $"must be at most {_limits.MaximumParticipants}.");
        }

        return participants?.Select((participant, i) => Participant($"{path}[{i}]", participant)).FirstOrDefault(error => error is not null);
    }

    public Error? Participant(string path, Participant? participant) => participant switch
    {
        null => Error.InvalidArgument(path, "must be an object."),
        _ => Name($"{path}.id", participant.Id) ?? Name($"{path}.role", participant.Role),
    };

    /// <summary>Free JSON.</summary>
    public Error? Data(string path, JsonTree? data) => Data(path, data, isPatch: false);

    /// <summary>The first data of a session: an object, or none.</summary>
    public Error? FirstData(string path, JsonTree? data) => data is null or { IsNull: true } ? null : ObjectData(path, data, isPatch: false);

    /// <summary>A merge patch of a session's data.</summary>
    public Error? Patch(string path, JsonTree data) => ObjectData(path, data, isPatch: true);

    private Error? ObjectData(string path, JsonTree data, bool isPatch) =>
        data.IsObject ? Data(path, data, isPatch) : Error.InvalidArgument(path, "must be an object.");

    private Error? Data(string path, JsonTree? data, bool isPatch)
    {
        if (data?.Weight > MaximumEventData)
        {
            return new Error(ErrorCode.PayloadTooLarge, $"{path}: one change can hold at most {MaximumEventData} bytes of JSON.")
            {
                Details = new JsonObject { ["path"] = path, ["limit"] = MaximumEventData },
            };
        }

        return Content(path, data, _limits.MaximumDepth, isPatch);
    }

    /// <summary>What a connection joins with: false, true, or its first state.</summary>
    public Error? Presence(string path, JsonTree? presence) =>
        presence is null or { IsNull: true } or { IsTrue: true } or { IsFalse: true } ? null
        : presence.IsObject ? PresenceState(path, presence, isPatch: false)
        : Error.InvalidArgument(path, "must be true, false or an object.");

    /// <summary>A merge patch of a connection's state in presence.</summary>
    public Error? PresencePatch(string path, JsonTree state) =>
        state.IsObject ? PresenceState(path, state, isPatch: true) : Error.InvalidArgument(path, "must be an object.");

    /// <summary>What a signal carries.</summary>
    public Error? SignalData(string path, JsonTree? data) => data?.Weight > _limits.MaximumSignalBytes
        ? new Error(ErrorCode.PayloadTooLarge, $"{path}: a signal can hold at most {_limits.MaximumSignalBytes} bytes of JSON.")
        {
            Details = new JsonObject { ["limit"] = _limits.MaximumSignalBytes },
        }
        : Content(path, data, _limits.MaximumDepth, isPatch: false);

    private Error? PresenceState(string path, JsonTree state, bool isPatch) =>
        Content(path, state, Math.Min(_limits.MaximumDepth, MaximumPresenceDepth), isPatch);

    private static Error? Content(string path, JsonTree? data, int maximumDepth, bool isPatch) =>
        data is null ? null
        : data.IsDeeperThan(maximumDepth) ? TooDeep(path, data, maximumDepth)
        : ReservedName.Find(data, allowsRemovals: isPatch) is { } reserved ? Reserved(Shorten(path + reserved[1..], LongestPath))
        : null;

    private static Error Reserved(string path) => Error.InvalidArgument(path, "no member may have this name.");

    /// <summary>Where it becomes too deep is found as it is for what cannot be read at all: by reading.</summary>
    private static Error TooDeep(string path, JsonTree data, int maximum)
    {
        try
        {
            JsonTree.Parse(data.ToUtf8Bytes(), maximum);
            throw new InvalidOperationException("The value does not nest too deep.");
        }
        catch (JsonTreeException refusal)
        {
            return Error.InvalidArgument(Shorten(path + refusal.Path![1..], LongestPath), refusal.Reason);
        }
    }

    private static string Shorten(string text, int length) => text.Length <= length ? text : text[..length] + "…";

    /// <summary>Whether a text has the form of a session's or a writer's id.</summary>
    public static bool IsId(string text) => IdForm().IsMatch(text);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex IdForm();
}
