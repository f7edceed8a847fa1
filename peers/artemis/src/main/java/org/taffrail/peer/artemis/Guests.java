// SPDX-License-Identifier: Apache-2.0
package org.taffrail.peer.artemis;

import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;

/**
 * Who may connect: anybody without a name, as a guest, and the users of a file with their
 * passwords. All may do everything; a wrong password is refused.
 */
final class Guests {
    private static final String GUEST = "guest";
    private static final String EVERYBODY = "everybody";

    private Guests() {}

    /**
     * Turns security on.
     *
     * @param configuration where roles are set
     * @param users a properties file, {@code name=password}
     * @return who checks the passwords
     * @throws IOException if the file can't be read
     */
    static ActiveMQSecurityManager admit(Configuration configuration, Path users)
            throws IOException {
        Properties passwords = new Properties();
        try (InputStream in = Files.newInputStream(users)) {
            passwords.load(in);
        }
        SecurityConfiguration security = new SecurityConfiguration();
        security.addUser(GUEST, GUEST);
        security.addRole(GUEST, EVERYBODY);
        security.setDefaultUser(GUEST);
        for (String name : passwords.stringPropertyNames()) {
            security.addUser(name, passwords.getProperty(name));
            security.addRole(name, EVERYBODY);
        }
        configuration.setSecurityEnabled(true);
        configuration.putSecurityRoles("#", Set.of(everything()));
        return new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), security);
    }

    private static Role everything() {
        return new Role(
                EVERYBODY, true, true, true, true, true, true, true, true, true, true, true, true);
    }
}
