using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Horilla.Host;

/// <summary>Explains in one line why the host can't listen, instead of with a stack trace.</summary>
internal static class StartupErrors
{
    /// <summary>Returns the explanation, or null for any other error.</summary>
    public static string? Explain(Exception exception, WebApplication app)
    {
        var addresses = string.Join(", ", app.Urls.Count > 0 ? app.Urls : [app.Configuration["urls"] ?? "http://localhost:5000"]);

        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }:
                    return $"Can't listen on {addresses}: another program uses the port. Stop it, or choose another port, for example: --urls http://localhost:8080";
                case SocketException { SocketErrorCode: SocketError.AccessDenied }:
                    return $"Can't listen on {addresses}: this user isn't allowed to use the port. Choose a port above 1023, for example: --urls http://localhost:8080";
                case SocketException { SocketErrorCode: SocketError.AddressNotAvailable }:
                    return $"Can't listen on {addresses}: this machine doesn't have the address. Choose another one, for example: --urls http://localhost:8080";
            }
        }

        return null;
    }
}
