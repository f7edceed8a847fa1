// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import org.taffrail.compat.kit.UnsupportedFacilityException;
import org.taffrail.compat.provider.SettingKey;

import java.nio.file.Path;
import java.util.Properties;

import javax.naming.Context;

/** Taffrail in the JVM of the checks: the broker lives as long as there are connections to it. */
final class EmbeddedTaffrail implements PeerServer {
    private final Installation installation;
    private final Path folder;
    private final Path data;
    private Path users;

    EmbeddedTaffrail(Installation installation, Path folder) {
        this.installation = installation;
        this.folder = folder;
        this.data = folder.resolve("data");
    }

    @Override
    public void start() {
        Folders.empty(folder);
        users = TaffrailUsers.write(installation, folder);
    }

    @Override
    public Properties jndi() {
        Properties jndi = new Properties();
        jndi.setProperty(Context.INITIAL_CONTEXT_FACTORY, TaffrailServer.CONTEXT_FACTORY);
        jndi.setProperty(
                "connectionFactory.ConnectionFactory",
                "taffrail:embedded?dir="
                        + data.toUri().getRawPath()
                        + "&security.anonymous=true&security.usersFile="
                        + users.toUri().getRawPath());
        TaffrailUsers.describe(jndi);
        PeerServer.set(jndi, SettingKey.DEAD_LETTER_QUEUE, TaffrailServer.DEAD_LETTERS);
        PeerServer.set(jndi, SettingKey.DELIVERIES_MAX, TaffrailServer.DELIVERIES_MAX);
        return jndi;
    }

    @Override
    public void restart(boolean orderly) {
        throw new UnsupportedFacilityException(
                "a broker in the JVM of the checks can't be restarted under them");
    }

    @Override
    public void close() {
        Folders.delete(data);
    }
}
