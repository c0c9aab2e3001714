using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Directory;

namespace RealtimeSessions.Server.Conversations;

/// <summary>Finds out who is mentioned in a text. Whether he takes part is judged where the comment is made.</summary>
internal sealed class MentionResolver(UserDirectory directory)
{
    /// <param name="path">Where in the request the text stands.</param>
    /// <param name="text">The text.</param>
    /// <returns>The mentions, each once; <c>mention_not_found</c> if nobody has an address.</returns>
    public async ValueTask<Result<IReadOnlyList<Mention>>> ResolveAsync(string path, string text)
    {
        var written = Mentions.In(text);
        if (written.Count > Mentions.Maximum)
        {
            return Error.LimitExceeded(Mentions.Maximum, $"{path}: a comment mentions at most {Mentions.Maximum}.");
        }

        var users = await directory.FindByEmailAsync([.. written.Select(one => one.Email).OfType<string>()]);
        var mentions = new List<Mention>(written.Count);
        foreach (var one in written)
        {
            var mention = one.Mention;
            if (one.Email is { } email)
            {
                if (!users.TryGetValue(email, out var user))
                {
                    return Mentions.NotFound(one.Text);
                }

                mention = new Mention { UserId = user.UserId };
            }

            if (!mentions.Contains(mention!))
            {
                mentions.Add(mention!);
            }
        }

        return mentions;
    }
}
