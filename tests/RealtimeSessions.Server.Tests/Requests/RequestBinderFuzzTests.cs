using System.Text.Json;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Tests.Requests;

public sealed class RequestBinderFuzzTests
{
    private static readonly string[] Scraps =
    [
        "null", "true", "0", "-1", "1e400", "9007199254740993", "1.5", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\u0000\"", "[]", "[null]", "[[]]", "{}",
        "{\"a\":null}", "{\"a\":1,\"a\":2}", "{\"\\ud800\":1}", "[{\"id\":null}]", "[{}]", "[{\"id\":\"\",\"type\":3}]", "{\"epoch\":null,\"sequence\":-1}",
        "\"0001-01-01T00:00:00+14:00\"", "\"return\"", "\"open\"", "\"7\"",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bind_MutatedRequests_OnlyEverAnswersErrors(int seed)
    {
        var random = new Random(seed);
        var refused = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var shape = RequestShape.All[random.Next(RequestShape.All.Count)];
            var text = Mutate(shape.Example, random);
            if (!TryParse(text, out var document))
            {
                continue;
            }

            using (document)
            {
                var read = shape.Read(document.RootElement);
                Assert.Equal(read?.ToString(), shape.ReadInPlace(text)?.ToString());
                if (read is { } error)
                {
                    Assert.Equal(ErrorCode.InvalidArgument, error.Code);
                    Assert.DoesNotContain("RealtimeSessions", error.ToString(), StringComparison.Ordinal);
                    Assert.DoesNotContain("System.", error.ToString(), StringComparison.Ordinal);
                    refused++;
                }
            }
        }

        Assert.InRange(refused, 500, 2_000);
    }

    /// <summary>Puts scraps in the place of values, here and there also of names.</summary>
    private static string Mutate(string example, Random random)
    {
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            using var document = JsonDocument.Parse(example);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return example;
            }

            var members = document.RootElement.EnumerateObject().Select(member => (Name: Raw(member), Value: member.Value.GetRawText())).ToList();
            var at = random.Next(members.Count + 1);
            var scrap = Scraps[random.Next(Scraps.Length)];
            if (at == members.Count)
            {
                members.Add(("\"" + (random.Next(2) == 0 ? "sessionId" : "\\ud800") + "\"", scrap));
            }
            else
            {
                members[at] = random.Next(10) == 0 ? members[at] with { Name = "\"x\"" } : members[at] with { Value = scrap };
            }

            example = $"{{{string.Join(',', members.Select(member => $"{member.Name}:{member.Value}"))}}}";
        }

        return example;
    }

    /// <summary>The name as it stands in the text: it need not be Unicode.</summary>
    private static string Raw(JsonProperty member)
    {
        var text = member.ToString();
        return text[..(text.IndexOf('"', 1) + 1)];
    }

    private static bool TryParse(string text, out JsonDocument document)
    {
        try
        {
            document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            document = null!;
            return false;
        }
    }
}
