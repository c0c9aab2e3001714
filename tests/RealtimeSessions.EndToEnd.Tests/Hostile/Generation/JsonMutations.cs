namespace RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

/// <summary>Makes JSON wrong, a little at a time.</summary>
internal static class JsonMutations
{
    private static readonly string[] Members =
    [
        "applicationId", "sessionId", "name", "description", "properties", "participants", "participant", "data", "patch", "timestamp",
        "writerId",
        "writerSequence", "ifSequence", "since", "echo", "limit", "cursor", "status", "atSequence", "after", "names", "permissions",
        "role", "type", "id", "conversations", "comments", "spaces", "groups", "space_id", "user_id", "group_id", "user_ids", "email", "details", "stakeholder",
        "default_role", "initial_comment", "external_objects", "external_object", "url", "content", "priority", "resource_id", "resource_type", "mentions",
    ];

    /// <summary>Changes one to three things.</summary>
    public static string Mutate(Random random, string json)
    {
        var root = JsonPart.Parse(json);
        for (var changes = random.Next(3) == 0 ? random.Next(2, 4) : 1; changes > 0; changes--)
        {
            Change(random, root);
        }

        return root.ToString();
    }

    private static void Change(Random random, JsonPart root)
    {
        var all = root.All().ToArray();
        var part = all[random.Next(all.Length)];
        var parent = all.FirstOrDefault(other => other.Text is null && other.Children.Contains(part));
        switch (random.Next(14))
        {
            case 0 when parent is not null:
                parent.Children.Remove(part);
                break;
            case 1 when parent is not null:
                var value = random.Next(2) == 0 ? part.ToString()[part.Name.Length..].TrimStart(':') : Scraps.Json(random);
                parent.Children.Insert(random.Next(parent.Children.Count + 1), JsonPart.Of(value, part.Name));
                break;
            case 2 when part.Name.Length > 0:
                part.Name = Rename(random, part.Name);
                break;
            case 3 or 4 when part.Text is null:
                var name = part.IsObject ? Name(random) : "";
                part.Children.Insert(random.Next(part.Children.Count + 1), JsonPart.Of(Scraps.Json(random), name));
                break;
            case 5:
                part.Text = all[random.Next(all.Length)] is { Text: { } other } ? other : "null";
                break;
            case 6 when part.Text is { } text:
                part.Text = text.StartsWith('"') ? text.Trim('"') : Scraps.Quote(text.Replace("\"", "\\\"", StringComparison.Ordinal));
                break;
            case 7 when part.Text is { } text:
                part.Text = random.Next(2) == 0 ? $"[{text}]" : $"{{\"a\":{text}}}";
                break;
            case 8 or 9 when part.Text is [var first, ..]:
                part.Text = first == '"' ? Scraps.Quote(Scraps.Word(random)) : Scraps.Number(random);
                break;
            default:
                part.Text = Scraps.Json(random);
                break;
        }
    }

    private static string Rename(Random random, string name) => random.Next(5) switch
    {
        0 => "\"" + char.ToUpperInvariant(name[1]) + name[2..],
        1 => name[..^1] + " \"",
        2 => name[..^1] + "\\u0000\"",
        3 => name.Trim('"'),
        _ => Name(random),
    };

    private static string Name(Random random) => Scraps.Quote(random.Next(3) == 0 ? Scraps.Word(random) : random.Pick(Members));
}
