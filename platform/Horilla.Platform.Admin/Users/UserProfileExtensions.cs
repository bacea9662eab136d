using OrchardCore.Entities;
using OrchardCore.Users.Models;

namespace Horilla.Platform.Admin.Users;

/// <summary>Reads and changes the profiles of users.</summary>
internal static class UserProfileExtensions
{
    /// <summary>Returns a user's profile.</summary>
    public static UserProfile GetProfile(this User user) => user.GetOrCreate<UserProfile>();

    /// <summary>Returns the name that others see.</summary>
    public static string GetDisplayName(this User user) => user.GetProfile().DisplayName is { Length: > 0 } name ? name : user.UserName;

    /// <summary>Changes a user's profile, without saving the user.</summary>
    public static void ChangeProfile(this User user, Action<UserProfile> change)
    {
        var profile = user.GetProfile();
        change(profile);
        user.Put(profile);
    }
}
