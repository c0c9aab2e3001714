using System.Text;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

public sealed class FeedFramesTests
{
    private static readonly Position At = new("feed0", 42);

    [Fact]
    public void Event_ForThoseWhoSeeTheSession_IsAsSentWithItsPosition() => Golden.AssertEqual(
        "feed_session_updated.json", Frame(Make.Renamed("Board 2"), isWhole: false));

    [Fact]
    public void Event_ForThoseWhoSeeItFromNowOn_HoldsTheSessionInPlaceOfAPart() => Golden.AssertEqual(
        "feed_session_updated.whole.json", Frame(Make.Renamed("Board 2"), isWhole: true));

    [Fact]
    public void Event_AboutAParticipant_HoldsTheSessionToo() => Golden.AssertEqual(
        "feed_session_participant_added.whole.json", Frame(Make.Added(new Participant("bert") { Role = "Viewer" }), isWhole: true));

    [Fact]
    public void Callbacks_OfTheFeedItself_AreAsTheFileSays() => Golden.AssertEqual("feed_callbacks.json", string.Join('\n',
        Read(FeedCallbacks.Reset(new JsonFrameEncoder(), "demo", At)),
        Read(FeedCallbacks.Position(new JsonFrameEncoder(), "demo", At)),
        Read(FeedCallbacks.Left(new JsonFrameEncoder(), "demo", "deleted"))));

    private static string Frame(SessionEvent change, bool isWhole)
    {
        var sent = SessionEventJson.Send(new SessionKey("demo", "board"), Make.Stored(3, change));
        var feed = new FeedEvent(new RawJson(sent), Make.Session(new Participant("bob"), new Participant("bert") { Role = "Viewer" }));
        return Read(FeedCallbacks.Event(new JsonFrameEncoder(), feed, At, isWhole));
    }

    private static string Read(byte[] frame) => Encoding.UTF8.GetString(frame).TrimEnd('\u001e');
}
