using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc;
using MimeKit;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Sends a test message with what is typed in the form of a server, without saving it. Scoped.</summary>
public sealed class UnsavedServerTester(MailServerTypes types, TestMessageSender testMessages, SecretField secretField)
{
    /// <summary>The value of the button that tests without saving.</summary>
    public const string SubmitValue = "test";

    private const string RecipientName = "recipient";
    private const string InBackgroundName = "inBackground";

    /// <summary>Whether the form was posted to test it.</summary>
    public static bool IsRequested(Controller controller) => controller.Request.Form[ServerController.SubmitName] == SubmitValue;

    /// <summary>Reads the recipient of a test message from the posted form, and adds an error if it's invalid.</summary>
    /// <param name="controller">The controller of the form.</param>
    /// <param name="typeName">The type of the server.</param>
    /// <param name="context">Learns whether a script tests in the background.</param>
    /// <returns>The recipient, or null if it's invalid or the button that was pressed sends no test message.</returns>
    public MailboxAddress? Read(Controller controller, string typeName, ServerFormContext context)
    {
        var form = controller.Request.Form;
        context.KeepsSecrets = form.ContainsKey(InBackgroundName) && IsRequested(controller);
        var sends = IsRequested(controller) || (PostSaveRedirect.IsRequested(controller) && types.Find(typeName)?.PostSaveAction.SendsTestMail == true);

        return sends && (form.ContainsKey(RecipientName) || IsRequested(controller)) ? testMessages.ParseRecipient(form[RecipientName].ToString().TrimInvisible(), controller.ModelState) : null;
    }

    /// <summary>Sends a test message and adds its result to the form. Typed secrets have to be entered again, because the form doesn't keep them.</summary>
    public async Task TestAsync(Controller controller, OutgoingMailConfiguration configuration, MailboxAddress recipient, FormViewModel model)
    {
        model.Test = new TestViewModel
        {
            Configuration = configuration,
            Recipient = recipient.Address,
            Result = await testMessages.SendAsync(configuration, recipient, controller.HttpContext.RequestAborted, isUnsaved: true),
        };

        if (!controller.Request.Form.ContainsKey(InBackgroundName))
        {
            secretField.RequireReentry(controller.ModelState);
        }
    }
}
