// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.mutation;

import jakarta.jms.ConnectionFactory;

import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.compat.kit.Provider;
import org.taffrail.compat.kit.UnsupportedFacilityException;
import org.taffrail.jms.TaffrailConnectionFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A provider that behaves, for mutations to break: Taffrail in this JVM. It lets strangers in and
 * knows one user.
 */
final class SoundProvider implements Provider {
    private static final String USER = "kit";
    private static final String PASSWORD = "kit-password";
    private static final Map<String, String> SETTINGS =
            Map.of("user", USER, "password", PASSWORD, "deadLetterQueue", "DLQ.{name}");

    private final ConnectionFactory factory;

    /**
     * Prepares the provider.
     *
     * @param place where its broker is, as the address of an embedded one says it
     * @param folder for its file of users
     */
    SoundProvider(String place, Path folder) throws IOException {
        UsersFile users = new UsersFile(folder.resolve("users"));
        // as weak as it may be: each trial connects several times, and nothing here is secret
        PasswordHash hash =
                PasswordHash.of(
                        PASSWORD, new byte[PasswordHash.SALT_BYTES], PasswordHash.ITERATIONS_LEAST);
        users.change(old -> old.with(USER, hash));
        factory =
                new TaffrailConnectionFactory(
                        "taffrail:embedded?"
                                + place
                                + "&security.anonymous=true&security.usersFile="
                                + folder.resolve("users").toUri().getRawPath());
    }

    @Override
    public ConnectionFactory connectionFactory() {
        return factory;
    }

    @Override
    public Optional<String> setting(String key) {
        return Optional.ofNullable(SETTINGS.get(key));
    }

    @Override
    public void restart(boolean orderly) {
        throw new UnsupportedFacilityException("other trials have connections to the same broker");
    }
}
