// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

import static org.taffrail.broker.config.ConfigKey.named;

import org.taffrail.broker.security.CertificateNames;

import java.util.List;
import java.util.Locale;

/** The keys that say who else than a users file knows the users. */
public final class LoginKeys {
    /** Whose a certificate is. */
    public static final ConfigKey<String> CERTIFICATE_USER =
            named("security.certificateUser")
                    .onlyServer()
                    .does(
                            "Which user a client is that shows a certificate and asks to be let in by"
                                    + " it (`transport.certificateLogin=true`): the one whose name is"
                                    + " the common name of the certificate's subject (`cn`), or all of"
                                    + " the subject (`subject`, as RFC 2253 writes it). With a users"
                                    + " file it must be a user of that, and has the roles given there."
                                    + " `none`: certificates are nobody's.")
                    .oneOf(name(CertificateNames.NONE), name(CertificateNames.CN), "subject");

    /** Which login modules judge. */
    public static final ConfigKey<String> JAAS_ENTRY =
            named("security.jaasEntry")
                    .does(
                            "The entry of the JVM's JAAS configuration"
                                    + " (-Djava.security.auth.login.config=FILE) whose login modules"
                                    + " judge the users and passwords of those who are not in"
                                    + " security.usersFile: LDAP, Kerberos and others.")
                    .from(1, 255)
                    .text(null);

    /** Which principal is the user. */
    public static final ConfigKey<String> JAAS_USER_CLASS =
            named("security.jaasUserClass")
                    .does(
                            "The class of the principal whose name is the user's. If not set, the"
                                    + " name is what the client has typed.")
                    .from(1, 255)
                    .text(null);

    /** Which principals are roles. */
    public static final ConfigKey<String> JAAS_ROLE_CLASSES =
            named("security.jaasRoleClasses")
                    .does(
                            "The classes of principals whose names are the user's roles, with commas"
                                    + " between them. One that has the user's own name is no role. If"
                                    + " not set, there are no roles.")
                    .from(1, 4096)
                    .text(null);

    /** How long they may take. */
    public static final ConfigKey<Long> JAAS_TIMEOUT_MS =
            named("security.jaasTimeoutMs")
                    .does(
                            "How long the login modules may take, waiting included, within"
                                    + " connections.handshakeMs.")
                    .in(ConfigUnit.MS)
                    .from(10, 600_000)
                    .number(8_000);

    /** How many are asked at once. */
    public static final ConfigKey<Long> JAAS_THREADS =
            named("security.jaasThreads")
                    .does("How many logins are with the login modules at once.")
                    .from(1, 256)
                    .number(8);

    static final List<ConfigKey<?>> ALL =
            List.of(
                    CERTIFICATE_USER,
                    JAAS_ENTRY,
                    JAAS_USER_CLASS,
                    JAAS_ROLE_CLASSES,
                    JAAS_TIMEOUT_MS,
                    JAAS_THREADS);

    private LoginKeys() {}

    private static String name(CertificateNames rule) {
        return rule.name().toLowerCase(Locale.ROOT);
    }
}
