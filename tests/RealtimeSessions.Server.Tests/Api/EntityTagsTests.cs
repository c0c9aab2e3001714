using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Api.Binding;

namespace RealtimeSessions.Server.Tests.Api;

public sealed class EntityTagsTests
{
    private static readonly Position Here = new("abc", 7);

    [Fact]
    public void Of_APosition_IsQuoted() => Assert.Equal("\"abc-7\"", EntityTags.Of(Here).ToString());

    [Theory]
    [InlineData(null, null)]
    [InlineData("*", null)]
    [InlineData("\"abc-7\"", "abc-7")]
    [InlineData("\"abc-7\", \"def-1\"", "abc-7 def-1")]
    [InlineData("\"abc-7\",\"def-1\"", "abc-7 def-1")]
    [InlineData("W/\"abc-7\"", "")]
    [InlineData("\"abc\", \"\", \"abc-07\", \"abc-7\"", "abc-7")]
    [InlineData("W/\"abc-7\", \"def-1\"", "def-1")]
    public void ReadIfMatch_WhatIsWellFormed_GivesThePositions(string? header, string? positions)
    {
        var read = EntityTags.ReadIfMatch(Headers(header));

        Assert.Null(read.Error);
        Assert.Equal(positions?.Split(' ', StringSplitOptions.RemoveEmptyEntries), read.Value?.Select(position => position.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc-7")]
    [InlineData("\"abc-7")]
    [InlineData("*, \"abc-7\"")]
    [InlineData("\"abc-7\" \"def-1\"")]
    public void Read_WhatIsMalformed_IsRefused(string header)
    {
        Assert.Equal(ErrorCode.InvalidArgument, EntityTags.ReadIfMatch(Headers(header)).Error?.Code);
        Assert.Equal(ErrorCode.InvalidArgument, EntityTags.MatchesIfNoneMatch(Headers(header), EntityTags.Of(Here)).Error?.Code);
    }

    [Fact]
    public void ReadIfMatch_SeveralHeaders_AreOneList()
    {
        var headers = new HeaderDictionary { [HeaderNames.IfMatch] = new StringValues(["\"abc-7\"", "\"def-1\""]) };

        Assert.Equal([Here, new Position("def", 1)], EntityTags.ReadIfMatch(headers).Value!);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("*", true)]
    [InlineData("\"abc-7\"", true)]
    [InlineData("W/\"abc-7\"", true)]
    [InlineData("\"abc-8\", \"abc-7\"", true)]
    [InlineData("\"abc-8\"", false)]
    public void MatchesIfNoneMatch_WeakOrStrong_Compares(string? header, bool matches)
    {
        var headers = new HeaderDictionary { [HeaderNames.IfNoneMatch] = header };

        Assert.Equal(matches, EntityTags.MatchesIfNoneMatch(headers, EntityTags.Of(Here)).Value);
    }

    private static HeaderDictionary Headers(string? value) => new() { [HeaderNames.IfMatch] = value, [HeaderNames.IfNoneMatch] = value };
}
