using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Horilla.Host.FirstSignIn;

/// <summary>
/// The folder that exists in App_Data until somebody has signed in for the first time. Until the site is set up, it also has the
/// generated password, protected with keys of its own.
/// </summary>
internal sealed class FirstSignInFolder
{
    private readonly string _appData;

    private FirstSignInFolder(string appData) => _appData = appData;

    private string Folder => Path.Combine(_appData, "FirstSignIn");

    private string PasswordFile => Path.Combine(Folder, "password");

    /// <summary>Returns the folder of a host.</summary>
    public static FirstSignInFolder Of(IHostEnvironment environment)
        => new(Environment.GetEnvironmentVariable("ORCHARD_APP_DATA") is { Length: > 0 } configured ? configured : Path.Combine(environment.ContentRootPath, "App_Data"));

    /// <summary>Whether the default tenant is set up. While a setup runs, or after it was interrupted, its state is Initializing.</summary>
    public bool IsSiteSetUp() => Path.Combine(_appData, "tenants.json") is var file && File.Exists(file) && File.ReadAllText(file).Contains("\"Running\"", StringComparison.Ordinal);

    /// <summary>Whether nobody has signed in yet.</summary>
    public bool Exists() => Directory.Exists(Folder);

    /// <summary>Creates the folder. Only the user of the host can read it.</summary>
    public void Create()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Folder);
        }
        else
        {
            Directory.CreateDirectory(Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Returns the stored password, or stores a new one.</summary>
    public string GetOrCreatePassword(Func<string> create)
    {
        Create();
        var protector = DataProtectionProvider.Create(new DirectoryInfo(Folder)).CreateProtector("InitialAdministratorPassword");

        if (File.Exists(PasswordFile))
        {
            try
            {
                return protector.Unprotect(File.ReadAllText(PasswordFile));
            }
            catch (CryptographicException)
            {
                // The keys are gone: nobody can know this password, so a new one takes its place.
            }
        }

        var password = create();
        File.WriteAllText(PasswordFile, protector.Protect(password));

        return password;
    }

    /// <summary>Deletes the password and its keys, but not the folder.</summary>
    public void DeletePassword()
    {
        if (Exists())
        {
            foreach (var file in Directory.GetFiles(Folder))
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Deletes the folder, because somebody has signed in.</summary>
    public void Delete()
    {
        if (Exists())
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
