using Horilla.Modules.OutgoingMail.Smtp;
using Xunit;

namespace Horilla.Modules.OutgoingMail.Tests;

/// <summary>How it is known whether a server may have the content of a message.</summary>
public sealed class SmtpConversationTests
{
    private readonly SmtpConversation _conversation = new();

    [Theory]
    [InlineData("354 Go on\r\n")]
    [InlineData("3", "54 Go on\r\n")]
    [InlineData("35", "4", " Go on\r\n")]
    public void It_may_from_the_answer_to_data_on_in_however_many_pieces_it_comes(params string[] pieces)
    {
        _conversation.BeginMessage();
        Say("MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.com>\r\n");
        Hear("250 OK\r\n250 OK\r\n");
        Say("DATA\r\n");
        Assert.False(_conversation.ContentHasBegun);

        foreach (var piece in pieces)
        {
            Hear(piece);
        }

        Assert.True(_conversation.ContentHasBegun);
        _conversation.BeginMessage();
        Assert.False(_conversation.ContentHasBegun);
    }

    [Theory]
    [InlineData("DATA\r\n", "503 5.5.1 There is nobody\r\n")]
    [InlineData("DATA\r\n", "421 4.7.0 Not now\r\n")]
    [InlineData("NOOP\r\n", "354 Go on\r\n")]
    public void It_may_not_where_the_server_did_not_ask_for_it(string said, string heard)
    {
        _conversation.BeginMessage();
        Say(said);
        Hear(heard);

        Assert.False(_conversation.ContentHasBegun);
    }

    private void Say(string text) => _conversation.LogClient(System.Text.Encoding.ASCII.GetBytes(text), 0, text.Length);

    private void Hear(string text) => _conversation.LogServer(System.Text.Encoding.ASCII.GetBytes(text), 0, text.Length);
}
