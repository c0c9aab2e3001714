using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Conversations;

/// <summary>What conversations are linked with. A link with a session of this hub is checked and named; others are taken as they are.</summary>
internal sealed class ExternalObjectResolver(SessionReader sessions)
{
    private const string SessionPrefix = "session:";

    /// <param name="caller">Who links; a session must be one that he may read.</param>
    /// <param name="path">Where in the request the conversation stands.</param>
    /// <param name="input">The conversation.</param>
    /// <returns>The links; null: the request says nothing of them.</returns>
    public async ValueTask<Result<IReadOnlyList<ExternalObject>>?> ResolveAsync(Caller caller, string path, ConversationInput input)
    {
        if ((input.ExternalObjects ?? (input.ExternalObject is { } single ? [single] : null)) is not { } given)
        {
            return null;
        }

        var objects = new List<ExternalObject>(given.Count);
        for (var i = 0; i < given.Count; i++)
        {
            var place = input.ExternalObject is null ? $"{path}.external_objects[{i}]" : $"{path}.external_object";
            if (!(await ResolveAsync(caller, place, given[i])).TryGet(out var linked, out var error))
            {
                return error;
            }

            objects.Add(linked);
        }

        return objects;
    }

    /// <summary>The session of this hub that an id names; null: it names none.</summary>
    public static SessionKey? SessionOf(string id) =>
        id.StartsWith(SessionPrefix, StringComparison.Ordinal) && id[SessionPrefix.Length..].Split('/') is [var application, var session]
        && new SessionKey(application, session) is { IsWellFormed: true } key
            ? key
            : null;

    private async ValueTask<Result<ExternalObject>> ResolveAsync(Caller caller, string path, ExternalObjectInput input)
    {
        if (!input.Id.StartsWith(SessionPrefix, StringComparison.Ordinal))
        {
            return new ExternalObject(input.Id, input.Name ?? input.Id, input.Url);
        }

        return SessionOf(input.Id) is { } key && (await sessions.GetAsync(caller, key)).TryGet(out var found, out _)
            ? new ExternalObject(input.Id, input.Name ?? found.Name, input.Url)
            : ConversationPolicy.Broken($"{path}.id", "there is no such session.");
    }
}
