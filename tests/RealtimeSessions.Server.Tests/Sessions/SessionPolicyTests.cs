using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions;

/// <summary>Who may do what, as a table. Callers: <c>u</c> is in the group <c>g</c>.</summary>
public sealed class SessionPolicyTests
{
    private const string No = "session_not_found";
    private const string Hidden = "application_not_found";
    private const string Read = "forbidden";
    private const string Yes = "";

    private static readonly Caller User = new("u", ["g", Caller.Everyone]);

    [Theory]
    //          his role             how he takes part  role there      read    data    close   delete
    [InlineData("",                  "",                "",             Hidden, Hidden, Hidden, Hidden)]
    [InlineData("",                  "user",            "",             Hidden, Hidden, Hidden, Hidden)]
    [InlineData("",                  "user",            "Unknown",      Hidden, Hidden, Hidden, Hidden)]
    [InlineData("",                  "user",            "Viewer",       Yes,    Read,   Read,   Read)]
    [InlineData("",                  "group",           "Viewer",       Yes,    Read,   Read,   Read)]
    [InlineData("",                  "everyone",        "Contributor",  Yes,    Yes,    Yes,    Read)]
    [InlineData("",                  "user",            "Administrator", Yes,   Yes,    Yes,    Yes)]
    [InlineData("",                  "other",           "Administrator", Hidden, Hidden, Hidden, Hidden)]
    [InlineData("Viewer",            "",                "",             No,     No,     No,     No)]
    [InlineData("Viewer",            "user",            "",             Yes,    Read,   Read,   Read)]
    [InlineData("Viewer",            "group",           "",             Yes,    Read,   Read,   Read)]
    [InlineData("Viewer",            "everyone",        "",             Yes,    Read,   Read,   Read)]
    [InlineData("Viewer",            "user",            "Contributor",  Yes,    Yes,    Yes,    Read)]
    [InlineData("Contributor",       "",                "",             No,     No,     No,     No)]
    [InlineData("Contributor",       "other",           "",             No,     No,     No,     No)]
    [InlineData("Contributor",       "user",            "",             Yes,    Yes,    Yes,    Read)]
    [InlineData("Contributor",       "group",           "",             Yes,    Yes,    Yes,    Read)]
    [InlineData("Contributor",       "everyone",        "",             Yes,    Yes,    Yes,    Read)]
    [InlineData("Contributor",       "user",            "Viewer",       Yes,    Yes,    Yes,    Read)]
    [InlineData("Administrator",     "",                "",             Yes,    Yes,    Yes,    Yes)]
    [InlineData("Administrator",     "user",            "Viewer",       Yes,    Yes,    Yes,    Yes)]
    public void Refusal_ByRoleAndParticipation_IsAsTheTableSays(
        string role, string participation, string roleThere, string read, string data, string close, string delete)
    {
        var application = Application(role, new Participant("u"));
        var session = Make.Session(Entries(participation, roleThere));

        Assert.Equal(read, Refusal(application, session, Permissions.SessionRead));
        Assert.Equal(data, Refusal(application, session, Permissions.SessionData));
        Assert.Equal(close, Refusal(application, session, Permissions.SessionClose));
        Assert.Equal(delete, Refusal(application, session, Permissions.SessionDelete));
    }

    [Theory]
    [InlineData("", Hidden)]
    [InlineData("Viewer", No)]
    [InlineData("Administrator", No)]
    public void Refusal_OfNoSession_IsTheSameAsOfAHiddenOne(string role, string expected) =>
        Assert.Equal(expected, Refusal(Application(role, new Participant("u")), session: null, Permissions.SessionRead));

    [Fact]
    public void Refusal_WithoutApplication_IsApplicationNotFound() =>
        Assert.Equal(Hidden, Refusal(application: null, session: null, Permissions.SessionRead));

    [Theory]
    [InlineData("", Hidden)]
    [InlineData("Viewer", Read)]
    [InlineData("Contributor", Yes)]
    [InlineData("Administrator", Yes)]
    public void CreationRefusal_ByRole_IsAsTheTableSays(string role, string expected) =>
        Assert.Equal(expected, SessionPolicy.CreationRefusal(Application(role, new Participant("u")), User)?.Code.Name ?? "");

    [Theory]
    [InlineData("u", ParticipantType.User, true)]
    [InlineData("g", ParticipantType.Group, true)]
    [InlineData("everyone", ParticipantType.Group, true)]
    [InlineData("g", ParticipantType.User, false)]
    [InlineData("u", ParticipantType.Group, false)]
    [InlineData("G", ParticipantType.Group, false)]
    public void PermissionsOf_RoleHeldBy_HoldsForThatKindOfParticipantOnly(string id, ParticipantType type, bool holds) =>
        Assert.Equal(holds, Application("Viewer", new Participant(id) { Type = type }).PermissionsOf(User) != Permissions.None);

    [Fact]
    public void PermissionsIn_AnAnyPermission_IsNotGivenByARoleThere()
    {
        var role = new Role { Name = "Any", Permissions = ["session:read:any"], Participants = [] };
        var application = new ApplicationModel(Application("", new Participant("u")).Application, [role]);

        Assert.Equal(Permissions.None, application.PermissionsIn(Make.Session(Entries("user", "Any")), User));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void HasVersion_Asked_KnowsEveryVersionUpToTheLatest(int version, bool expected)
    {
        var application = Application("", new Participant("u")).Application with { PublishedVersion = 2, DraftVersion = 3 };

        Assert.Equal(expected, new ApplicationModel(application, []).HasVersion(version));
    }

    private static string Refusal(ApplicationModel? application, Session? session, Permissions needs) =>
        SessionPolicy.Refusal(application, session, User, needs)?.Code.Name ?? "";

    private static Participant[] Entries(string participation, string role) => participation switch
    {
        "" => [],
        "user" => [new Participant("u") { Role = OrNull(role) }],
        "group" => [new Participant("g") { Type = ParticipantType.Group, Role = OrNull(role) }],
        "everyone" => [new Participant("everyone") { Type = ParticipantType.Group, Role = OrNull(role) }],
        _ => [new Participant("g") { Role = OrNull(role) }, new Participant("u") { Type = ParticipantType.Group, Role = OrNull(role) }],
    };

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static ApplicationModel Application(string role, Participant holder) => new(
        new Application { ApplicationId = "demo", Name = "Demo", DraftVersion = 1, CreatedBy = "creator", CreatedAt = Make.Noon },
        [.. DefaultRoles.For("creator").Select(made => made.Name == role ? made with { Participants = [holder] } : made)]);
}
