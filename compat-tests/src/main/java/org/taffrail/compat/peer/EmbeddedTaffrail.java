// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.peer;

import org.taffrail.compat.kit.UnsupportedFacilityException;
import org.taffrail.compat.provider.SettingKey;

import java.nio.file.Path;
import java.util.Properties;

import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Taffrail in the JVM of the checks. The broker starts with the first connection to it, also after
 * a stop.
 */
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
        String url =
                "taffrail:embedded?dir="
                        + data.toUri().getRawPath()
                        + "&security.anonymous=true&security.usersFile="
                        + users.toUri().getRawPath();
        jndi.setProperty("connectionFactory.ConnectionFactory", url);
        TaffrailProperties.ask(jndi, url + "&");
        TaffrailUsers.describe(jndi);
        PeerServer.set(jndi, SettingKey.DEAD_LETTER_QUEUE, TaffrailServer.DEAD_LETTERS);
        PeerServer.set(jndi, SettingKey.DELIVERIES_MAX, TaffrailServer.DELIVERIES_MAX);
        return jndi;
    }

    @Override
    public void restart(boolean orderly) {
        if (!orderly) {
            throw new UnsupportedFacilityException(
                    "a broker in the JVM of its application can only be killed with it");
        }
        try {
            Object factory = new InitialContext(jndi()).lookup("ConnectionFactory");
            factory.getClass().getMethod("stopEmbeddedBroker").invoke(factory);
        } catch (NamingException | ReflectiveOperationException e) {
            throw new PeerException("the embedded broker can't be stopped: " + e, e);
        }
    }

    @Override
    public void close() {
        Folders.delete(data);
    }
}
