using System.Text.Json.Serialization;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.LoadTester.Traces;

/// <summary>The first line of a trace.</summary>
internal sealed record TraceHeader
{
    /// <summary>The format's version that this program reads and writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The format's version.</summary>
    public required int Trace { get; init; }

    /// <summary>What was recorded.</summary>
    public required string Name { get; init; }

    /// <summary>How many connections made the calls; those are numbered from 0.</summary>
    public required int Connections { get; init; }

    /// <summary>Whether the calls form one order across connections: one waits for the answers of another before it goes on. Default: false.</summary>
    public bool Ordered { get; init; }

    /// <summary>How many calls follow.</summary>
    public required long Calls { get; init; }

    /// <summary>What the session was before the first call. Default: new and empty.</summary>
    public TraceStart? Start { get; init; }

    /// <summary>What every reader holds after the last call. Default: not known.</summary>
    public TraceExpectation? Expect { get; init; }
}

/// <summary>The session before the first call of a trace.</summary>
internal sealed record TraceStart
{
    /// <summary>Its description. Default: empty.</summary>
    public string? Description { get; init; }

    /// <summary>Its properties. Default: none.</summary>
    public IReadOnlyDictionary<string, string>? Properties { get; init; }

    /// <summary>Who took part, besides whoever replays. Default: nobody.</summary>
    public IReadOnlyList<Participant>? Participants { get; init; }

    /// <summary>Its data. Default: <c>{}</c>.</summary>
    public JsonTree? Data { get; init; }
}

/// <summary>What the calls of a trace come to.</summary>
internal sealed record TraceExpectation
{
    /// <summary>How many custom events named <c>edit</c> there are. Default: not told.</summary>
    public long? Edits { get; init; }

    /// <summary>The text that folding these events gives. Default: not told.</summary>
    public TextExpectation? Text { get; init; }

    /// <summary>The session data. Default: not told.</summary>
    public JsonTree? Data { get; init; }
}

/// <summary>A text, without the text.</summary>
/// <param name="Length">How many code points it has.</param>
/// <param name="Sha256">The hash of its UTF-8, in lower-case hexadecimal digits.</param>
internal sealed record TextExpectation(int Length, string Sha256);

/// <summary>How headers are read and written; members that are not known are passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TraceHeader))]
internal sealed partial class TraceJsonContext : JsonSerializerContext;
