using System.Text;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Protocol.Tests.Data;

internal static class Trees
{
    public static JsonTree Tree(string text) => JsonTree.Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>Asserts the canonical text, and that the tree is what reading it gives, weight included.</summary>
    public static void AssertCanonical(string expected, JsonTree tree)
    {
        Assert.Equal(expected, tree.ToString());
        AssertSound(tree);
    }

    /// <summary>Asserts that the tree is what reading its canonical text gives, weight included, at every depth.</summary>
    public static void AssertSound(JsonTree tree)
    {
        var bytes = tree.ToUtf8Bytes();
        Assert.Equal(bytes.Length, tree.Weight);
        var read = JsonTree.Parse(bytes);
        Assert.True(tree.Equals(read));
        Assert.Equal(read.GetHashCode(), tree.GetHashCode());
        Assert.Equal(bytes, read.ToUtf8Bytes());
        foreach (var member in tree.Members)
        {
            AssertSound(member.Value);
        }
    }
}
