using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Binding;
using RealtimeSessions.Server.Api.Problems;
using RealtimeSessions.Server.Api.Resources;

namespace RealtimeSessions.Server.Api;

/// <summary>An operation of the API: where it is, what it takes and gives, and what is said of it.</summary>
/// <param name="method">The HTTP method.</param>
/// <param name="pattern">The path below <see cref="ApiSetup.Path"/>.</param>
/// <param name="id">The name of the operation.</param>
internal abstract class ApiOperation(string method, string pattern, string id)
{
    public string Method => method;

    public string Pattern => pattern;

    public string Id => id;

    /// <summary>A few words.</summary>
    public required string Summary { get; init; }

    /// <summary>Whatever else a caller should know.</summary>
    public required string Description { get; init; }

    /// <summary>Whether anybody may call it, without a token.</summary>
    public bool IsAnonymous { get; init; }

    /// <summary>The status of its success.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>What its body is: of <c>POST</c>, <c>PUT</c> and <c>PATCH</c> members, unless it is said otherwise.</summary>
    public BodyForm Form { get; init; } = method is "GET" or "DELETE" ? BodyForm.None : BodyForm.Members;

    /// <summary>The name of the request's part, or null; see <see cref="RequestMap"/>.</summary>
    public string? Part { get; init; }

    /// <summary>Members that stand in the query although there is a body of members.</summary>
    public IReadOnlyList<string> InQuery { get; init; } = [];

    /// <summary>The body's content type.</summary>
    public string MediaType { get; init; } = RequestBody.Json;

    /// <summary>Codes it can answer besides those that follow from where it is and what it takes.</summary>
    public IReadOnlyList<ErrorCode> Errors { get; init; } = [];

    /// <summary>Where the request's members stand.</summary>
    public abstract RequestMap Map { get; }

    /// <summary>What it takes.</summary>
    public abstract JsonTypeInfo RequestType { get; }

    /// <summary>What it gives.</summary>
    public abstract JsonTypeInfo AnswerType { get; }

    /// <summary>Whether its answer has an entity tag.</summary>
    public abstract bool HasTag { get; }

    /// <summary>Whether its answer can have a location.</summary>
    public abstract bool HasLocation { get; }

    /// <summary>Whether its answer can have a link to the next page.</summary>
    public abstract bool HasNext { get; }

    public abstract Task InvokeAsync(HttpContext context, ApiBinder binder);
}

/// <inheritdoc/>
/// <typeparam name="TRequest">What it takes.</typeparam>
/// <typeparam name="TAnswer">What it gives; <see cref="Empty"/>: nothing, with status 204.</typeparam>
internal sealed class ApiOperation<TRequest, TAnswer>(string method, string pattern, string id) : ApiOperation(method, pattern, id)
    where TRequest : notnull
    where TAnswer : notnull
{
    private RequestMap? _map;

    public required JsonTypeInfo<TRequest> Request { get; init; }

    public required JsonTypeInfo<TAnswer> Answer { get; init; }

    /// <summary>What it does.</summary>
    public required Func<ApiCall, TRequest, Task<Result<TAnswer>>> Handle { get; init; }

    /// <summary>The path of what was made, below <see cref="ApiSetup.Path"/>; with it the status is 201. Null: nothing was made.</summary>
    public Func<TRequest, TAnswer, string?>? LocationOf { get; init; }

    /// <summary>The entity tag of the answer, or null.</summary>
    public Func<TAnswer, EntityTagHeaderValue?>? Tag { get; init; }

    public override RequestMap Map => _map ??= new RequestMap(Request, Method, Pattern, Form, Part, InQuery);

    public override JsonTypeInfo RequestType => Request;

    public override JsonTypeInfo AnswerType => Answer;

    public override bool HasTag => Tag is not null;

    public override bool HasLocation => LocationOf is not null;

    public override bool HasNext => typeof(TRequest).IsAssignableTo(typeof(ListRequest));

    public override async Task InvokeAsync(HttpContext context, ApiBinder binder)
    {
        if (!(await binder.ReadAsync(context, Map, Request, MediaType)).TryGet(out var request, out var error))
        {
            await ProblemWriter.WriteAsync(context, error);
            return;
        }

        var call = new ApiCall(context, IsAnonymous ? null : await binder.CallerOfAsync(context));
        if (!(await Handle(call, request)).TryGet(out var answer, out error))
        {
            await ProblemWriter.WriteAsync(context, Map.Translate(error));
            return;
        }

        context.Response.StatusCode = Status;
        if (LocationOf?.Invoke(request, answer) is { } made)
        {
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.Headers.Location = Addresses.Of(context.Request, made);
        }

        if (call.Next is { } next)
        {
            context.Response.Headers.Link = NextPage.LinkOf(context.Request, Pattern, next);
        }

        if (Tag?.Invoke(answer) is { } tag)
        {
            context.Response.Headers.ETag = tag.ToString();
            if (HttpMethods.IsGet(Method) && await IsKnownAsync(context, tag))
            {
                return;
            }
        }

        if (answer is not Empty)
        {
            await context.Response.WriteAsJsonAsync(answer, Answer);
        }
    }

    /// <summary>Answers a caller who has what he asks for, or has asked for it in a wrong way.</summary>
    private static async Task<bool> IsKnownAsync(HttpContext context, EntityTagHeaderValue tag)
    {
        if (!EntityTags.MatchesIfNoneMatch(context.Request.Headers, tag).TryGet(out var matches, out var error))
        {
            context.Response.Headers.Remove(HeaderNames.ETag);
            await ProblemWriter.WriteAsync(context, error);
            return true;
        }

        context.Response.StatusCode = matches ? StatusCodes.Status304NotModified : context.Response.StatusCode;
        return matches;
    }
}
