using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Resources;
using RealtimeSessions.Server.Conversations;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>The operations of conversations, or of what they are about and for; in snake_case, and with errors in their own form.</summary>
/// <param name="name">What they are about, in the plural.</param>
internal abstract class ResourceRoutes(string name) : ApiRoutes(name)
{
    protected static readonly ResourceRequestJson Takes = ResourceRequestJson.Default;
    protected static readonly ResourceAnswerJson Gives = ResourceAnswerJson.Default;

    /// <summary>The answer of what a service gives.</summary>
    protected static async Task<Result<TAnswer>> AnswerAsync<T, TAnswer>(Task<Result<T>> given, Func<T, TAnswer> answer) =>
        (await given).TryGet(out var value, out var error) ? answer(value) : error;

    /// <summary>The answer of a page of a list, with a link to the next one.</summary>
    protected static async Task<Result<TAnswer>> PageAsync<T, TAnswer>(ApiCall call, Task<Result<ListPage<T>>> given, Func<IReadOnlyList<T>, TAnswer> answer)
    {
        if (!(await given).TryGet(out var page, out var error))
        {
            return error;
        }

        call.Next = page.Next;
        return answer(page.Items);
    }
}
