namespace RealtimeSessions.Samples.Worker;

/// <summary>Where the worker works: arguments such as <c>--url http://localhost:5080</c>.</summary>
internal sealed class WorkerOptions
{
    /// <summary>The server. Default: the one of <c>dotnet run</c>.</summary>
    public Uri Url { get; set; } = new("http://localhost:5080");

    /// <summary>The application. Default <c>demo</c>.</summary>
    public string Application { get; set; } = "demo";

    /// <summary>The session that is the board. Default <c>board</c>.</summary>
    public string Session { get; set; } = "board";

    /// <summary>As whom. Default <c>worker</c>.</summary>
    public string User { get; set; } = "worker";
}
