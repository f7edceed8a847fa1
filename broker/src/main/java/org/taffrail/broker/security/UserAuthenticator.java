// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/**
 * The door of a broker that has users: lets in who gives a user's name and password (PLAIN, RFC
 * 4616), and, where that is allowed, who gives none (ANONYMOUS, RFC 4505). Wrong credentials are
 * refused alike, whichever part is wrong, and after about the same time.
 *
 * <p>A login goes two ways off the broker's thread: a quick one, that looks whether the file has
 * changed and whether this password was right before, and, if it was not, the slow hash. Each holds
 * a few kilobytes; there is a limit on how many wait. One whose client has gone costs no hash.
 * Owned by the broker's thread.
 */
public final class UserAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(UserAuthenticator.class);

    private final LiveUsers users;
    private final boolean anonymous;
    private final Grants grants;
    private final LoginLanes lanes;
    private int waiting;

    /**
     * Makes a door.
     *
     * @param users who is let in
     * @param anonymous whether those are as well who give no name
     * @param grants what users may do beside sending and receiving
     * @param lanes where passwords are checked
     */
    public UserAuthenticator(LiveUsers users, boolean anonymous, Grants grants, LoginLanes lanes) {
        this.users = users;
        this.anonymous = anonymous;
        this.grants = grants;
        this.lanes = lanes;
    }

    @Override
    public Exchange begin(String mechanism, Caller caller) {
        switch (mechanism) {
            case Mechanisms.PLAIN:
                return new Login(caller.peer());
            case Mechanisms.ANONYMOUS:
                if (!anonymous) {
                    throw new WireException(
                            ErrorCode.AUTHENTICATION_FAILED,
                            "this broker asks for a user and a password");
                }
                return (response, nowMs, reply) ->
                        reply.next(new Admitted(grants.identity(null, Set.of())), nowMs);
            default:
                throw Mechanisms.unsupported(
                        mechanism,
                        Mechanisms.PLAIN + (anonymous ? " and " + Mechanisms.ANONYMOUS : ""));
        }
    }

    /** One client's attempt. */
    private final class Login implements Exchange {
        private final String peer;
        private volatile boolean abandoned;
        private boolean responded;
        private Credentials credentials;
        private Reply reply;

        Login(String peer) {
            this.peer = peer;
        }

        @Override
        public void respond(byte[] response, long nowMs, Reply newReply) {
            if (responded) {
                throw new WireException(
                        ErrorCode.AUTHENTICATION_FAILED, "PLAIN has no second response");
            }
            responded = true;
            credentials = Credentials.plain(response);
            reply = newReply;
            if (waiting >= lanes.waitingMax()) {
                throw new WireException(
                        ErrorCode.LIMIT_REACHED,
                        waiting
                                + " logins wait to be checked, the most allowed"
                                + " (security.loginsWaitingMax); try again later");
            }
            waiting++;
            guarded(() -> lanes.lookups().execute(() -> guarded(this::look)));
        }

        @Override
        public void abandon() {
            abandoned = true;
        }

        private void look() {
            users.refresh();
            if (abandoned) {
                leave();
            } else if (users.isVerified(credentials)) {
                answer(admitted());
            } else {
                lanes.hashes().execute(() -> guarded(this::check));
            }
        }

        private Admitted admitted() {
            String user = credentials.user();
            return new Admitted(grants.identity(user, users.roles(user)));
        }

        private void check() {
            // another connection of the same user may have paid for the hash meanwhile
            if (abandoned) {
                leave();
            } else if (users.isVerified(credentials) || users.verify(credentials)) {
                answer(admitted());
            } else {
                answer(refused(ErrorCode.AUTHENTICATION_FAILED, "wrong user or password"));
            }
        }

        private void guarded(Runnable task) {
            try {
                task.run();
            } catch (RejectedExecutionException e) {
                answer(refused(ErrorCode.STOPPING, "the broker stops"));
            } catch (RuntimeException e) {
                LOG.error("event=defect peer={}", peer, e);
                answer(refused(ErrorCode.INTERNAL, "the login met a defect of the broker"));
            }
        }

        private Refused refused(ErrorCode code, String why) {
            String user = credentials.user();
            return new Refused(users.isUser(user) ? user : null, new WireException(code, why));
        }

        private void leave() {
            lanes.home().accept(nowMs -> waiting--);
        }

        private void answer(Step step) {
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
}
