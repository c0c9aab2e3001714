using Microsoft.Extensions.Primitives;
using RealtimeSessions.EventLog;

namespace RealtimeSessions.Server.Api.Problems;

/// <summary>What is not an expected outcome becomes a code here, and nothing else of it reaches a client. A client that goes away in the middle is no failure.</summary>
internal sealed partial class ApiFailures(RequestDelegate next, ILogger<ApiFailures> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException exception)
        {
            await AnswerAsync(context, exception.StatusCode, isLast: true);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested)
        {
            LogGone(logger, context.Request.Method, exception.Message);
        }
        catch (EngineUnavailableException exception)
        {
            LogUnavailable(logger, Name(context), exception);
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception exception)
        {
            LogFailed(logger, Name(context), exception);
            await AnswerAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    /// <param name="context">The request.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="isLast">Whether what follows in the connection is not the beginning of a request: the server would look for one, and warn.</param>
    private static async Task AnswerAsync(HttpContext context, int status, bool isLast = false)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.Headers.Connection = isLast ? "close" : default(StringValues);
        await ProblemWriter.WriteAsync(context, StatusErrors.Of(status));
    }

    /// <summary>The endpoint, not the address: that may hold what belongs in no log.</summary>
    private static string Name(HttpContext context) => context.GetEndpoint()?.DisplayName ?? context.Request.Method;

    [LoggerMessage(3320, LogLevel.Warning, "{Endpoint} failed: the storage cannot be reached.")]
    private static partial void LogUnavailable(ILogger logger, string endpoint, Exception exception);

    [LoggerMessage(3321, LogLevel.Error, "{Endpoint} failed.")]
    private static partial void LogFailed(ILogger logger, string endpoint, Exception exception);

    [LoggerMessage(3322, LogLevel.Debug, "The client of a {Method} has gone. {Reason}")]
    private static partial void LogGone(ILogger logger, string method, string reason);
}
