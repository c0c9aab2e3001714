using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Entries;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Conversations.Spaces.Commands;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Spaces and their members, as callers make, read, change and delete them.</summary>
internal sealed class SpaceService(SpaceWriter writer, LiveSpaces spaces, SpaceEntries entries, UserDirectory directory, Counters counters)
{
    /// <summary>Makes a space; its maker is its owner.</summary>
    public async Task<Result<IReadOnlyList<SpaceView>>> CreateAsync(Caller caller, IReadOnlyList<SpaceInput> inputs)
    {
        if (inputs.Count > 1)
        {
            return ConversationPolicy.Broken("$.spaces[1]", "one request makes one space.");
        }

        var (user, input) = (await directory.GetAsync(caller), inputs[0]);
        if (!(await ResolveAsync("$.spaces[0].participants", input.Participants ?? [])).TryGet(out var members, out var error))
        {
            return error;
        }

        SpaceParticipant[] all = [new SpaceParticipant(user.UserId, SpaceRole.Owner), .. members.Where(member => member.UserId != user.UserId)];
        var id = await counters.NextAsync(Counters.Space, 1);
        var command = new CreateSpace(user.UserId, new Space(id, input.Name!, input.Details ?? "", default, default), all);
        return (await ChangeAsync(id, command)).TryGet(out var made, out error) ? new[] { made } : error;
    }

    public async Task<Result<SpaceView>> GetAsync(Caller caller, long spaceId)
    {
        var user = await directory.GetAsync(caller);
        var state = await spaces.ReadAsync(SpaceKey.Of(spaceId));
        return SpacePolicy.ReadRefusal(state, user.UserId) is { } refusal ? refusal : state!.View;
    }

    /// <summary>The spaces that the caller is a member of, newest first.</summary>
    public async Task<Result<ListPage<SpaceView>>> ListAsync(Caller caller, PageRequest page)
    {
        var user = await directory.GetAsync(caller);
        return await Paging.ReadAsync(page, (after, limit) => entries.FindAsync(user.UserId, after, limit));
    }

    /// <summary>Changes a space; what is not given stays.</summary>
    public async Task<Result<SpaceView>> UpdateAsync(Caller caller, long spaceId, SpaceInput input)
    {
        var user = await directory.GetAsync(caller);
        return input.Participants is not null
            ? ConversationPolicy.Broken("$.spaces[0].participants", "are added and removed at an address of their own.")
            : await ChangeAsync(spaceId, new UpdateSpace(user.UserId, input.Name, input.Details));
    }

    /// <summary>Deletes a space with its groups and conversations, which are out of reach from now on, and removed in time.</summary>
    public async Task<Result<Empty>> DeleteAsync(Caller caller, long spaceId)
    {
        var user = await directory.GetAsync(caller);
        return (await ChangeAsync(spaceId, new DeleteSpace(user.UserId))).Error is { } error ? error : Empty.Value;
    }

    /// <summary>Makes users members, or gives members another role, all or none.</summary>
    public async Task<Result<SpaceView>> AddParticipantsAsync(Caller caller, long spaceId, IReadOnlyList<SpaceParticipantInput> inputs)
    {
        var user = await directory.GetAsync(caller);

        // Who may not add is not told who is there.
        var state = await spaces.ReadAsync(SpaceKey.Of(spaceId));
        if (SpacePolicy.ChangeRefusal(state, user.UserId) is { } refusal)
        {
            return refusal;
        }

        return (await ResolveAsync("$.participants", inputs)).TryGet(out var members, out var error)
            ? await ChangeAsync(spaceId, new AddParticipants(user.UserId, members))
            : error;
    }

    /// <summary>Ends a membership.</summary>
    public async Task<Result<Empty>> RemoveParticipantAsync(Caller caller, long spaceId, long userId)
    {
        var user = await directory.GetAsync(caller);
        return (await ChangeAsync(spaceId, new RemoveParticipant(user.UserId, userId))).Error is { } error ? error : Empty.Value;
    }

    private async Task<Result<SpaceView>> ChangeAsync(long spaceId, SpaceCommand command) =>
        (await writer.ChangeAsync(SpaceKey.Of(spaceId), command)).TryGet(out var changed, out var error) ? changed.Space.View : error;

    /// <summary>The users of a request, each of whom must be in the directory and be given once.</summary>
    private async Task<Result<IReadOnlyList<SpaceParticipant>>> ResolveAsync(string path, IReadOnlyList<SpaceParticipantInput> inputs)
    {
        var byNumber = await directory.FindAsync([.. inputs.Select(input => input.UserId).OfType<long>()]);
        var byEmail = await directory.FindByEmailAsync([.. inputs.Select(input => input.Email).OfType<string>()]);
        var found = new List<SpaceParticipant>(inputs.Count);
        for (var i = 0; i < inputs.Count; i++)
        {
            var user = inputs[i].UserId is { } id ? byNumber.GetValueOrDefault(id) : byEmail.GetValueOrDefault(inputs[i].Email!);
            if (user is null)
            {
                return new Error(ErrorCode.UserNotFound, $"{path}[{i}]: there is no such user.");
            }

            if (found.Exists(other => other.UserId == user.UserId))
            {
                return ConversationPolicy.Broken($"{path}[{i}]", "is given twice.");
            }

            found.Add(new SpaceParticipant(user.UserId, inputs[i].Role ?? SpaceRole.Participant));
        }

        return found;
    }
}
