using Microsoft.AspNetCore.Identity;
using OrchardCore;
using OrchardCore.Users;
using OrchardCore.Users.Indexes;
using OrchardCore.Users.Models;
using YesSql;

namespace Horilla.Platform.Admin.Users;

/// <summary>Stores the users of a tenant as documents, for ASP.NET Core Identity.</summary>
internal sealed class UserStore(ISession session, ILookupNormalizer normalizer, IdentityErrorDescriber errors) :
    IUserPasswordStore<IUser>,
    IUserEmailStore<IUser>,
    IUserSecurityStampStore<IUser>,
    IUserLockoutStore<IUser>,
    IUserRoleStore<IUser>
{
    public async Task<IdentityResult> CreateAsync(IUser user, CancellationToken cancellationToken)
    {
        var created = (User)user;

        if (string.IsNullOrEmpty(created.UserId))
        {
            created.UserId = IdGenerator.GenerateId();
        }

        await session.SaveAsync(created);
        await session.FlushAsync(cancellationToken);

        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(IUser user, CancellationToken cancellationToken)
    {
        try
        {
            await session.SaveAsync(user, checkConcurrency: true);
            await session.FlushAsync(cancellationToken);

            return IdentityResult.Success;
        }
        catch (ConcurrencyException)
        {
            return IdentityResult.Failed(errors.ConcurrencyFailure());
        }
    }

    public Task<IdentityResult> DeleteAsync(IUser user, CancellationToken cancellationToken)
    {
        session.Delete(user);

        return Task.FromResult(IdentityResult.Success);
    }

    public async Task<IUser?> FindByIdAsync(string userId, CancellationToken cancellationToken)
        => await session.Query<User, UserIndex>(index => index.UserId == userId).FirstOrDefaultAsync(cancellationToken);

    public async Task<IUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
        => await session.Query<User, UserIndex>(index => index.NormalizedUserName == normalizedUserName).FirstOrDefaultAsync(cancellationToken);

    public async Task<IUser?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken)
        => await session.Query<User, UserIndex>(index => index.NormalizedEmail == normalizedEmail).FirstOrDefaultAsync(cancellationToken);

    public Task<string> GetUserIdAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(Of(user).UserId);

    public Task<string?> GetUserNameAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    public Task SetUserNameAsync(IUser user, string? userName, CancellationToken cancellationToken) => Set(user, u => u.UserName = userName ?? "");

    public Task<string?> GetNormalizedUserNameAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(Of(user).NormalizedUserName);

    public Task SetNormalizedUserNameAsync(IUser user, string? normalizedName, CancellationToken cancellationToken) => Set(user, u => u.NormalizedUserName = normalizedName);

    public Task SetPasswordHashAsync(IUser user, string? passwordHash, CancellationToken cancellationToken) => Set(user, u => u.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(Of(user).PasswordHash);

    public Task<bool> HasPasswordAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(Of(user).PasswordHash is not null);

    public Task SetEmailAsync(IUser user, string? email, CancellationToken cancellationToken) => Set(user, u => u.Email = email);

    public Task<string?> GetEmailAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(Of(user).Email);

    public Task<bool> GetEmailConfirmedAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(Of(user).EmailConfirmed);

    public Task SetEmailConfirmedAsync(IUser user, bool confirmed, CancellationToken cancellationToken) => Set(user, u => u.EmailConfirmed = confirmed);

    public Task<string?> GetNormalizedEmailAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(Of(user).NormalizedEmail);

    public Task SetNormalizedEmailAsync(IUser user, string? normalizedEmail, CancellationToken cancellationToken) => Set(user, u => u.NormalizedEmail = normalizedEmail);

    public Task SetSecurityStampAsync(IUser user, string stamp, CancellationToken cancellationToken) => Set(user, u => u.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(Of(user).SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(IUser user, CancellationToken cancellationToken)
        => Task.FromResult(Of(user).LockoutEndUtc is { } end ? new DateTimeOffset(DateTime.SpecifyKind(end, DateTimeKind.Utc)) : (DateTimeOffset?)null);

    public Task SetLockoutEndDateAsync(IUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(user, u => u.LockoutEndUtc = lockoutEnd?.UtcDateTime);

    public Task<int> IncrementAccessFailedCountAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(++Of(user).AccessFailedCount);

    public Task ResetAccessFailedCountAsync(IUser user, CancellationToken cancellationToken) => Set(user, u => u.AccessFailedCount = 0);

    public Task<int> GetAccessFailedCountAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(Of(user).AccessFailedCount);

    public Task<bool> GetLockoutEnabledAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(Of(user).IsLockoutEnabled);

    public Task SetLockoutEnabledAsync(IUser user, bool enabled, CancellationToken cancellationToken) => Set(user, u => u.IsLockoutEnabled = enabled);

    public Task AddToRoleAsync(IUser user, string roleName, CancellationToken cancellationToken) => Set(user, u =>
    {
        if (!IsInRole(u, roleName))
        {
            u.RoleNames.Add(roleName);
        }
    });

    public Task RemoveFromRoleAsync(IUser user, string roleName, CancellationToken cancellationToken) => Set(user, u =>
    {
        foreach (var role in u.RoleNames.Where(role => normalizer.NormalizeName(role) == normalizer.NormalizeName(roleName)).ToArray())
        {
            u.RoleNames.Remove(role);
        }
    });

    public Task<IList<string>> GetRolesAsync(IUser user, CancellationToken cancellationToken) => Task.FromResult(Of(user).RoleNames);

    public Task<bool> IsInRoleAsync(IUser user, string roleName, CancellationToken cancellationToken) => Task.FromResult(IsInRole(Of(user), roleName));

    public async Task<IList<IUser>> GetUsersInRoleAsync(string roleName, CancellationToken cancellationToken)
        => [.. (await session.Query<User, UserIndex>().ListAsync(cancellationToken)).Where(user => IsInRole(user, roleName))];

    public void Dispose()
    {
    }

    private static User Of(IUser user) => (User)user;

    private static Task Set(IUser user, Action<User> set)
    {
        set(Of(user));

        return Task.CompletedTask;
    }

    private bool IsInRole(User user, string roleName)
        => user.RoleNames.Any(role => normalizer.NormalizeName(role) == normalizer.NormalizeName(roleName));
}
