using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Conversations.Inputs;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Spaces and their members.</summary>
internal sealed class SpaceService
{
    public Task<Result<IReadOnlyList<SpaceView>>> CreateAsync(Caller caller, IReadOnlyList<SpaceInput> inputs) =>
        throw new NotImplementedException();

    public Task<Result<SpaceView>> GetAsync(Caller caller, long spaceId) =>
        throw new NotImplementedException();

    public Task<Result<ListPage<SpaceView>>> ListAsync(Caller caller, PageRequest page) =>
        throw new NotImplementedException();

    public Task<Result<SpaceView>> UpdateAsync(Caller caller, long spaceId, SpaceInput input) =>
        throw new NotImplementedException();

    public Task<Result<Empty>> DeleteAsync(Caller caller, long spaceId) =>
        throw new NotImplementedException();

    public Task<Result<SpaceView>> AddParticipantsAsync(Caller caller, long spaceId, IReadOnlyList<SpaceParticipantInput> inputs) =>
        throw new NotImplementedException();

    public Task<Result<Empty>> RemoveParticipantAsync(Caller caller, long spaceId, long userId) =>
        throw new NotImplementedException();
}
