// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.io.IOException;
import java.security.Principal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.TextOutputCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AccountException;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.CredentialException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;

/**
 * Lets the login modules of an entry of the JVM's JAAS configuration judge names and passwords:
 * LDAP, Kerberos, whatever there is a module for. Who somebody is and what roles it has, the
 * principals say that the modules add to its subject. Immutable; blocks, for as long as the modules
 * do, so never used on the broker's thread.
 */
public final class JaasLogin {
    private static final String KERBEROS = "sun.security.krb5.";

    /**
     * The errors of RFC 4120, 7.5.9, that tell of the user: no such one, revoked, password expired,
     * two for a wrong password.
     */
    private static final Pattern KERBEROS_REFUSES = Pattern.compile("\\((6|18|23|24|31)\\)");

    private final String entry;
    private final String userClass;
    private final Set<String> roleClasses;

    /**
     * Who a client has turned out to be.
     *
     * @param user the name
     * @param roles the names of its roles
     */
    record Found(String user, Set<String> roles) {}

    /**
     * Makes one, and looks whether there is such an entry.
     *
     * @param entry the entry's name
     * @param userClass the class of the principal whose name is the user's; null: the user's name
     *     is what it has typed
     * @param roleClasses the classes of principals whose names are roles, but for one that has the
     *     user's own name
     * @throws IllegalArgumentException if there is no such entry
     */
    public JaasLogin(String entry, String userClass, Collection<String> roleClasses) {
        this.entry = entry;
        this.userClass = userClass;
        this.roleClasses = Set.copyOf(roleClasses);
        boolean known;
        try {
            known = Configuration.getConfiguration().getAppConfigurationEntry(entry) != null;
        } catch (SecurityException e) {
            throw new IllegalArgumentException(
                    "this JVM has no JAAS configuration: name its file with"
                            + " -Djava.security.auth.login.config=FILE",
                    e);
        }
        if (!known) {
            throw new IllegalArgumentException(
                    "the JAAS configuration has no entry \"" + entry + '"');
        }
    }

    /**
     * Finds out who somebody is.
     *
     * @return who; null where name or password is wrong, or a name can't be a user's
     * @throws LoginException if the modules could not say: the directory is not there, say
     */
    Found login(Credentials credentials) throws LoginException {
        if (credentials.password().isEmpty()) {
            return null; // to many a directory that is an anonymous login, which succeeds
        }
        Subject subject = new Subject();
        LoginContext context = new LoginContext(entry, subject, new Answers(credentials));
        try {
            context.login();
        } catch (AccountException | CredentialException | FailedLoginException e) {
            return null;
        } catch (LoginException e) {
            if (isRefusedByKerberos(e)) {
                return null;
            }
            throw e;
        }
        try {
            return found(subject, credentials.user());
        } finally {
            context.logout();
        }
    }

    /** The JDK's module for Kerberos has one exception for all; its cause is no public class. */
    private static boolean isRefusedByKerberos(LoginException thrown) {
        Throwable cause = thrown.getCause();
        if (cause == null || !cause.getClass().getName().startsWith(KERBEROS)) {
            return false;
        }
        String message = String.valueOf(cause.getMessage());
        return message.startsWith("Checksum failed") || KERBEROS_REFUSES.matcher(message).find();
    }

    private Found found(Subject subject, String typed) {
        String user = userClass == null ? typed : null;
        for (Principal principal : subject.getPrincipals()) {
            if (principal.getClass().getName().equals(userClass)) {
                if (user != null) {
                    return null; // two names are none
                }
                user = principal.getName();
            }
        }
        if (user == null || !isUserName(user)) {
            return null;
        }
        Set<String> roles = new LinkedHashSet<>();
        for (Principal principal : subject.getPrincipals()) {
            String name = principal.getName();
            boolean own = name.equalsIgnoreCase(user) || name.equalsIgnoreCase(typed);
            if (!own && roleClasses.contains(principal.getClass().getName())) {
                roles.add(name);
            }
        }
        return new Found(user, roles);
    }

    private static boolean isUserName(String name) {
        try {
            Users.checkName(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Answers the modules' questions. */
    private record Answers(Credentials credentials) implements CallbackHandler {
        @Override
        public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                    name.setName(credentials.user());
                } else if (callback instanceof PasswordCallback password) {
                    password.setPassword(credentials.password().toCharArray());
                } else if (!(callback instanceof TextOutputCallback)) {
                    throw new UnsupportedCallbackException(
                            callback, "only a name and a password can be asked for");
                }
            }
        }
    }
}
