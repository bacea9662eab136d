using Horilla.Modules.OutgoingMail.ServerTypes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.DisplayManagement.Notify;

namespace Horilla.Modules.OutgoingMail.Admin;

/// <summary>Continues after a server was saved: with the action of the form's second button, or in the list, at the server's row. Scoped.</summary>
public sealed class PostSaveRedirect(MailServerTypes types, ListLocator locator, NextActionNotifier nextAction, INotifier notifier)
{
    /// <summary>Whether the form was posted with its second button.</summary>
    public static bool IsRequested(Controller controller) => controller.Request.Form[ServerController.SubmitName] == ServerController.SubmitAndFollowUp;

    /// <summary>Shows the message and the warnings about the server, and returns the redirect.</summary>
    /// <param name="controller">The controller that saved.</param>
    /// <param name="configuration">The server.</param>
    /// <param name="messageType">How the message looks.</param>
    /// <param name="message">The message.</param>
    /// <param name="returnUrl">The URL of the list that the user came from, or null.</param>
    public async Task<IActionResult> RedirectAsync(Controller controller, OutgoingMailConfiguration configuration, NotifyType messageType, LocalizedHtmlString message, string? returnUrl)
    {
        var type = types.Find(configuration.Type);

        if (type is not null && await type.GetWarningAsync(configuration) is { } warning)
        {
            await notifier.WarningAsync(warning);
        }

        if (type is not null && IsRequested(controller))
        {
            var action = type.PostSaveAction;
            var route = new { id = configuration.ConfigurationId, area = action.Area };
            await notifier.AddAsync(messageType, message);

            // The browser posts this form again to that action, including the antiforgery token.
            return action.IsPost || (action.SendsTestMail && controller.Request.Form.ContainsKey("recipient"))
                ? controller.RedirectToActionPreserveMethod(action.Action, action.Controller, route)
                : controller.RedirectToAction(action.Action, action.Controller, route);
        }

        await nextAction.NotifyAsync(messageType, message, configuration, controller.Url);

        return controller.LocalRedirect(await locator.GetUrlAsync(controller.Url, configuration.ConfigurationId, returnUrl));
    }
}
