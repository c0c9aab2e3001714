using System.Security.Cryptography;
using System.Text;
using RealtimeSessions.LoadTester.Checks;

namespace RealtimeSessions.LoadTester.Tests.Checks;

public sealed class EditedTextTests
{
    private static readonly string[] Words = ["plan ", "é", "日本", "😀", "\\\"", "Ω", "", "a long word that makes it grow "];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Apply_AnyEdits_GivesWhatAPlainListGives(int seed)
    {
        var (random, text, runes) = (new Random(seed), new EditedText(), new List<Rune>());
        for (var i = 0; i < 2_000; i++)
        {
            var position = random.Next(runes.Count + 1);
            var deleted = random.Next(3) == 0 ? random.Next(Math.Min(20, runes.Count - position) + 1) : 0;
            var inserted = Words[random.Next(Words.Length)];
            runes.RemoveRange(position, deleted);
            runes.InsertRange(position, inserted.Replace("\\\"", "\"", StringComparison.Ordinal).EnumerateRunes());
            text.Apply(Encoding.UTF8.GetBytes($$"""{"by":{"p":[9,9,"x"]},"p":[{{position}},{{deleted}},"{{inserted}}"]}"""));
        }

        var utf8 = Encoding.UTF8.GetBytes(string.Concat(runes));
        Assert.Equal((runes.Count, Convert.ToHexStringLower(SHA256.HashData(utf8))), (text.Describe().Length, text.Describe().Sha256));
        Assert.Equal((2_000, null), (text.Edits, text.Problem));
    }

    [Theory]
    [InlineData("""{"p":[1,0,"a"]}""")]
    [InlineData("""{"p":[0,1,"a"]}""")]
    [InlineData("""{"p":[-1,0,"a"]}""")]
    [InlineData("""{"p":[0,0]}""")]
    [InlineData("""{"p":[0,0,1]}""")]
    [InlineData("""{"p":"x"}""")]
    [InlineData("""{}""")]
    [InlineData("")]
    public void Apply_WhatFitsNoText_TellsWhichEdit(string data)
    {
        var text = new EditedText();
        text.Apply("""{"p":[0,0,""]}"""u8);
        text.Apply(Encoding.UTF8.GetBytes(data));

        Assert.StartsWith("edit 2 ", text.Problem, StringComparison.Ordinal);
    }
}
