package io.millrace.extension.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialTest {
  private static final Duration INTERVAL = Duration.ofMillis(5);

  @TempDir Path folder;

  @Test
  void isTheTextWhereNoFileIsNamed() throws Exception {
    Credential credential = Credential.of(new Secret("a"), "", INTERVAL);
    credential.start();

    assertThat(credential.text()).isEqualTo("a");
  }

  @Test
  void followsItsFileAlsoWhenItIsReplaced() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), " one \n");
    Credential credential = Credential.of(new Secret("ignored"), file.toString(), INTERVAL);
    credential.start();
    assertThat(credential.text()).isEqualTo("one");

    Files.writeString(file, "two");
    await().until(() -> credential.text().equals("two"));

    Path link = folder.resolve("next");
    Files.createSymbolicLink(link, Files.writeString(folder.resolve("elsewhere"), "three"));
    Files.move(link, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    await().until(() -> credential.text().equals("three"));
    credential.shutdown();
  }

  @Test
  void goesOnWithWhatItHadWhileTheFileIsAway() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "one");
    Credential credential = Credential.of(new Secret(""), file.toString(), INTERVAL);
    credential.start();

    Files.delete(file);
    await().pollDelay(INTERVAL.multipliedBy(10)).until(() -> credential.text().equals("one"));
    Files.writeString(file, "two");
    await().until(() -> credential.text().equals("two"));
    credential.shutdown();
  }

  @Test
  void doesNotStartWithoutItsFile() {
    Credential credential =
        Credential.of(new Secret(""), folder.resolve("absent").toString(), INTERVAL);

    assertThatThrownBy(credential::start)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent");
  }
}
