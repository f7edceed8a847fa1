// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.security.auth.login.LoginException;

/**
 * The door of a broker that has users: lets in who gives a user's name and password (PLAIN, RFC
 * 4616), who shows a user's certificate and wants to be that (EXTERNAL, RFC 4422), and, where that
 * is allowed, who is nobody (ANONYMOUS, RFC 4505). Wrong credentials are refused alike, whichever
 * part is wrong, and after about the same time.
 *
 * <p>A name that is in the users file is judged by that and nobody else; any other by the login
 * modules, where there are some. So whoever runs a directory can't come in as a user of the file by
 * that user's name.
 *
 * <p>A login goes two ways off the broker's thread: a quick one, that looks whether the file has
 * changed and whether this password was right before, and, if it was not, the slow hash. Each holds
 * a few kilobytes; there is a limit on how many wait. One whose client has gone costs no hash.
 * Owned by the broker's thread.
 */
public final class UserAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(UserAuthenticator.class);

    private final LiveUsers users;
    private final JaasLogin jaas;
    private final CertificateNames certificates;
    private final boolean anonymous;
    private final LoginLanes lanes;
    private int waiting;

    /**
     * Makes a door.
     *
     * @param sources who is let in
     * @param anonymous whether those are as well who give no name
     * @param lanes where passwords are checked
     */
    public UserAuthenticator(UserSources sources, boolean anonymous, LoginLanes lanes) {
        users = sources.users();
        jaas = sources.jaas();
        certificates = sources.certificates();
        this.anonymous = anonymous;
        this.lanes = lanes;
    }

    @Override
    public Exchange begin(String mechanism, Caller caller) {
        boolean passwords = users != null || jaas != null;
        if (mechanism.equals(Mechanisms.PLAIN) && passwords) {
            return new PasswordLogin();
        }
        if (mechanism.equals(Mechanisms.EXTERNAL) && certificates != CertificateNames.NONE) {
            return new CertificateLogin(certificates.user(caller.certificate()));
        }
        if (mechanism.equals(Mechanisms.ANONYMOUS)) {
            if (!anonymous) {
                throw new WireException(
                        ErrorCode.AUTHENTICATION_FAILED,
                        passwords
                                ? "this broker asks for a user and a password"
                                : "this broker asks for a certificate, and to log in with it");
            }
            return (response, nowMs, reply) -> reply.next(admitted(null, Set.of()), nowMs);
        }
        List<String> offered = new ArrayList<>();
        if (certificates != CertificateNames.NONE) {
            offered.add(Mechanisms.EXTERNAL);
        }
        if (passwords) {
            offered.add(Mechanisms.PLAIN);
        }
        if (anonymous) {
            offered.add(Mechanisms.ANONYMOUS);
        }
        throw Mechanisms.unsupported(mechanism, String.join(" and ", offered));
    }

    private Admitted admitted(String user, Set<String> roles) {
        return new Admitted(new Identity(user, roles));
    }

    private boolean isInFile(String user) {
        return users != null && users.isUser(user);
    }

    /** One client's attempt. It is answered once; what comes after that is dropped. */
    private abstract class Login implements Exchange {
        private volatile boolean abandoned;
        private final AtomicBoolean answered = new AtomicBoolean();
        private boolean responded;
        private Reply reply;

        /**
         * Reads the response.
         *
         * @throws WireException {@link ErrorCode#AUTHENTICATION_FAILED}
         */
        abstract void read(byte[] response);

        /** Looks who it is, on the quick lane. */
        abstract void look();

        /** Whose name it has given; null where that is no user's of the file. */
        abstract String known();

        @Override
        public void respond(byte[] response, long nowMs, Reply newReply) {
            if (responded) {
                throw new WireException(
                        ErrorCode.AUTHENTICATION_FAILED, "there is no second response");
            }
            responded = true;
            read(response);
            reply = newReply;
            if (waiting >= lanes.waitingMax()) {
                throw new WireException(
                        ErrorCode.LIMIT_REACHED,
                        waiting
                                + " logins wait to be checked, the most allowed"
                                + " (security.loginsWaitingMax); try again later");
            }
            waiting++;
            guarded(() -> lanes.lookups().execute(() -> guarded(this::refreshAndLook)));
        }

        private void refreshAndLook() {
            if (users != null) {
                users.refresh();
            }
            if (!leftAlone()) {
                look();
            }
        }

        @Override
        public void abandon() {
            abandoned = true;
        }

        /** Whether the client has gone; its place is free then. */
        final boolean leftAlone() {
            if (abandoned && answered.compareAndSet(false, true)) {
                lanes.home().accept(nowMs -> waiting--);
            }
            return abandoned;
        }

        final void guarded(Runnable task) {
            try {
                task.run();
            } catch (RejectedExecutionException e) {
                refuse(ErrorCode.STOPPING, "the broker stops");
            } catch (RuntimeException e) {
                LOG.error("event=defect in=login", e);
                refuse(ErrorCode.INTERNAL, "the login met a defect of the broker");
            }
        }

        final void refuse(ErrorCode code, String why) {
            answer(new Refused(known(), new WireException(code, why)));
        }

        final void answer(Step step) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            lanes.home()
                    .accept(
                            nowMs -> {
                                waiting--;
                                if (!abandoned) {
                                    reply.next(step, nowMs);
                                }
                            });
        }
    }

    /** With a name and a password. */
    private final class PasswordLogin extends Login {
        private Credentials credentials;

        @Override
        void read(byte[] response) {
            credentials = Credentials.plain(response);
        }

        @Override
        String known() {
            return isInFile(credentials.user()) ? credentials.user() : null;
        }

        @Override
        void look() {
            if (users != null && users.isVerified(credentials)) {
                answer(inFile());
            } else if (jaas != null && !isInFile(credentials.user())) {
                lanes.outside().run(() -> guarded(this::ask), this::giveUp);
            } else {
                lanes.hashes().execute(() -> guarded(this::check));
            }
        }

        private Admitted inFile() {
            String user = credentials.user();
            return admitted(user, users.roles(user));
        }

        private void check() {
            // another connection of the same user may have paid for the hash meanwhile
            if (leftAlone()) {
                return;
            }
            if (users.isVerified(credentials) || users.verify(credentials)) {
                answer(inFile());
            } else {
                refuseWrong();
            }
        }

        private void ask() {
            if (leftAlone()) {
                return;
            }
            try {
                JaasLogin.Found found = jaas.login(credentials);
                if (found == null) {
                    refuseWrong();
                } else {
                    answer(admitted(found.user(), found.roles()));
                }
            } catch (LoginException e) {
                // a module may put what was typed into its message, as it likes
                LOG.warn("event=jaas_failed cause={}", e.getClass().getName());
                LOG.debug("event=jaas_failed", e);
                refuse(ErrorCode.AUTHENTICATION_FAILED, "who you are can't be found out now");
            }
        }

        private void giveUp() {
            refuse(
                    ErrorCode.AUTHENTICATION_FAILED,
                    "who you are could not be found out in time (security.jaasTimeoutMs)");
        }

        private void refuseWrong() {
            refuse(ErrorCode.AUTHENTICATION_FAILED, "wrong user or password");
        }
    }

    /** With the certificate that the connection has shown. */
    private final class CertificateLogin extends Login {
        private final String user;

        CertificateLogin(String user) {
            this.user = user;
        }

        @Override
        void read(byte[] response) {
            if (user == null) {
                throw new WireException(
                        ErrorCode.AUTHENTICATION_FAILED,
                        "the connection has shown no certificate that names a user: see"
                                + " security.certificateUser");
            }
            byte[] own = user.getBytes(StandardCharsets.UTF_8);
            if (response != null && response.length > 0 && !Arrays.equals(own, response)) {
                throw new WireException(
                        ErrorCode.AUTHENTICATION_FAILED,
                        "the certificate is another user's than is named");
            }
        }

        @Override
        String known() {
            return user; // whoever has signed the certificate says so
        }

        @Override
        void look() {
            if (users == null) {
                answer(admitted(user, Set.of()));
            } else if (users.isUser(user)) {
                answer(admitted(user, users.roles(user)));
            } else {
                refuse(
                        ErrorCode.AUTHENTICATION_FAILED,
                        "the certificate's user is not in the users file");
            }
        }
    }
}
