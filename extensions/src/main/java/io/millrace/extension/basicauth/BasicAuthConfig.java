package io.millrace.extension.basicauth;

import io.millrace.config.Checks;
import io.millrace.config.RequiredSettings;
import io.millrace.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The section of a {@code basicauth} extension. Immutable.
 *
 * @param htpasswd who may send to a receiver; not together with {@code client_auth}
 * @param clientAuth what an exporter logs in with
 */
record BasicAuthConfig(@Nullable Htpasswd htpasswd, @Nullable ClientAuth clientAuth)
    implements RequiredSettings {
  static final BasicAuthConfig DEFAULT = new BasicAuthConfig(null, null);

  BasicAuthConfig {
    new Checks()
        .that(
            htpasswd == null || clientAuth == null,
            "htpasswd",
            "set",
            "absent beside client_auth: one extension for each side")
        .throwIfAny();
  }

  @Override
  public void checkRequired(Checks checks) {
    checks.that(htpasswd != null || clientAuth != null, "htpasswd", null, "it, or client_auth");
  }

  /**
   * Users and what is kept of their passwords, a {@code user:hash} a line.
   *
   * @param file of such lines, read again when it changes
   * @param inline such lines, which win over those of the file
   */
  record Htpasswd(String file, Secret inline) implements RequiredSettings {
    static final Htpasswd DEFAULT = new Htpasswd("", new Secret(""));

    @Override
    public void checkRequired(Checks checks) {
      boolean isAny = !file.isEmpty() || !inline.value().isBlank();
      checks.that(isAny, "file", "", "a path, or inline");
    }
  }

  /**
   * A login.
   *
   * @param username without a colon
   * @param usernameFile file with the user name instead, read again when it changes
   * @param password of the user
   * @param passwordFile file with the password instead, read again when it changes
   */
  record ClientAuth(String username, String usernameFile, Secret password, String passwordFile)
      implements RequiredSettings {
    static final ClientAuth DEFAULT = new ClientAuth("", "", new Secret(""), "");

    ClientAuth {
      new Checks().that(username.indexOf(':') < 0, "username", username, "no colon").throwIfAny();
    }

    @Override
    public void checkRequired(Checks checks) {
      boolean isAny = !username.isEmpty() || !usernameFile.isEmpty();
      checks.that(isAny, "username", "", "a name, or username_file");
    }
  }
}
