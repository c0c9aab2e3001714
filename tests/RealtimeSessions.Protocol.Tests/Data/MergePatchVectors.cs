using System.Text.Json;
using System.Text.Json.Serialization;

namespace RealtimeSessions.Protocol.Tests.Data;

/// <summary>The cases of tests/vectors/merge-patch.json.</summary>
internal sealed record MergePatchVectors(
    IReadOnlyList<ApplyVector> Apply,
    IReadOnlyList<ComposeVector> Compose,
    IReadOnlyList<InvertVector> Invert,
    IReadOnlyList<RefusedVector> Refused)
{
    public static MergePatchVectors Read()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "vectors", "merge-patch.json");
        return JsonSerializer.Deserialize(File.ReadAllBytes(path), MergePatchVectorsContext.Default.MergePatchVectors)!;
    }
}

public sealed record ApplyVector(string Name, string Target, string Patch, string Result);

public sealed record ComposeVector(string Name, string First, string Second, string? Composed, string? Clear, string? Data);

public sealed record InvertVector(string Name, string Before, string Patch, string Inverse);

public sealed record RefusedVector(string Name, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MergePatchVectors))]
internal sealed partial class MergePatchVectorsContext : JsonSerializerContext;
