// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.config.BrokerKeys;
import org.taffrail.broker.config.LoginKeys;
import org.taffrail.broker.config.UserLimitKeys;
import org.taffrail.broker.security.Access;
import org.taffrail.broker.security.Audit;
import org.taffrail.broker.security.Authenticator;
import org.taffrail.broker.security.JaasLogin;
import org.taffrail.broker.security.LiveUsers;
import org.taffrail.broker.security.LoginLanes;
import org.taffrail.broker.security.OpenAuthenticator;
import org.taffrail.broker.security.Unreadable;
import org.taffrail.broker.security.UserAuthenticator;
import org.taffrail.broker.security.UserSources;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.broker.session.UserLimits;
import org.taffrail.broker.transport.BrokerThread;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * A broker's authenticator as configured, and the threads on which it checks passwords: they are
 * few, go when nothing is to be done, and end with the broker.
 */
final class Door {
    private static final int SECRET_BYTES = 32;
    private static final int IDLE_MS = 10_000;

    private final BrokerConfig config;
    private final BrokerThread thread;
    private final Audit audit;
    private volatile Access access;
    private volatile UserLimits userLimits;
    private Authenticator authenticator;
    private ThreadPoolExecutor lookups;
    private ThreadPoolExecutor hashes;
    private TimedLane outside;

    Door(BrokerConfig config, BrokerThread thread, Audit audit) {
        this.config = config;
        this.thread = thread;
        this.audit = audit;
        access = config.access();
        userLimits = userLimits(config);
        authenticator = new OpenAuthenticator();
    }

    /** Reads who the users are, if there are some. Blocks; once, before anybody comes. */
    void open() {
        if (!config.knowsUsers()) {
            return;
        }
        UserSources sources = new UserSources(users(), jaas(), config.certificateNames());
        int waitingMax = config.number(BrokerKeys.LOGINS_WAITING_MAX);
        lookups = pool("taffrail-login", 1, waitingMax);
        hashes = pool("taffrail-password", config.number(BrokerKeys.LOGIN_THREADS), waitingMax);
        outside =
                new TimedLane(
                        pool("taffrail-jaas", config.number(LoginKeys.JAAS_THREADS), waitingMax),
                        config.get(LoginKeys.JAAS_TIMEOUT_MS));
        authenticator =
                new UserAuthenticator(
                        sources,
                        config.admitsAnonymous(),
                        new LoginLanes(lookups, hashes, outside, this::home, waitingMax));
    }

    private LiveUsers users() {
        String path = config.get(BrokerKeys.USERS_FILE);
        if (path == null) {
            return null;
        }
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        try {
            return LiveUsers.open(new UsersFile(Path.of(path)), secret, audit);
        } catch (AccessDeniedException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, BrokerKeys.USERS_FILE + ": " + Unreadable.why(e));
        } catch (IOException | IllegalArgumentException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION,
                    BrokerKeys.USERS_FILE
                            + ": "
                            + e.getMessage()
                            + "; \"taffrail user\" makes and changes such files");
        }
    }

    private JaasLogin jaas() {
        String entry = config.get(LoginKeys.JAAS_ENTRY);
        try {
            return entry == null
                    ? null
                    : new JaasLogin(
                            entry,
                            config.get(LoginKeys.JAAS_USER_CLASS),
                            config.listed(LoginKeys.JAAS_ROLE_CLASSES));
        } catch (IllegalArgumentException e) {
            throw new WireException(
                    ErrorCode.INVALID_OPTION, LoginKeys.JAAS_ENTRY + ": " + e.getMessage());
        }
    }

    private static ThreadPoolExecutor pool(String name, int threads, int tasksMax) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        IDLE_MS,
                        TimeUnit.MILLISECONDS,
                        new LinkedBlockingQueue<>(tasksMax),
                        task -> {
                            Thread worker = new Thread(task, name);
                            worker.setDaemon(true);
                            return worker;
                        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private void home(LongConsumer task) {
        thread.execute(
                () -> {
                    task.accept(thread.clock().wallMs());
                    thread.wake();
                });
    }

    /** Has what counts while the broker runs be as another configuration has it. */
    void follow(BrokerConfig next) {
        access = next.access();
        userLimits = userLimits(next);
    }

    /** Returns who may do what, as it is whenever it is asked. */
    Supplier<Access> access() {
        return () -> access;
    }

    /** Returns what one user may have, as it is whenever it is asked. */
    Supplier<UserLimits> userLimits() {
        return () -> userLimits;
    }

    private static UserLimits userLimits(BrokerConfig config) {
        UserLimits limits =
                new UserLimits(
                        config.number(UserLimitKeys.CONNECTIONS_MAX),
                        config.number(UserLimitKeys.CONSUMERS_MAX),
                        config.get(UserLimitKeys.SENDS_PER_SECOND_MAX),
                        config.get(UserLimitKeys.SEND_BYTES_PER_SECOND_MAX),
                        config.get(UserLimitKeys.MESSAGE_BYTES_MAX),
                        config.get(UserLimitKeys.HELD_BYTES_MAX),
                        config.number(UserLimitKeys.CREATES_MAX),
                        config.number(UserLimitKeys.TEMPORARY_MAX));
        return limits.equals(UserLimits.NONE) ? UserLimits.NONE : limits;
    }

    /** Returns the authenticator: that of a broker without users until {@link #open}. */
    Authenticator authenticator() {
        return authenticator;
    }

    /** Ends the threads; a login that waits is not answered any more. */
    void close() {
        if (lookups != null) {
            lookups.shutdownNow();
            hashes.shutdownNow();
            outside.close();
        }
    }
}
