// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The users of a file as it is now: a changed file is noticed when {@link #refresh} is called. If
 * the new one can't be read, the last good one counts, and the log says so.
 *
 * <p>Remembers which password each user was last let in with, so that a thousand connections of one
 * application cost one slow hash: as an HMAC under a key that only this process has, bound to the
 * line of the file, and forgotten with that version of the file. What was not let in is not
 * remembered. Nothing here runs on the broker's thread; {@link #refresh} is called by one thread at
 * a time, the rest by any.
 */
public final class LiveUsers {
    private static final Logger LOG = LoggerFactory.getLogger(LiveUsers.class);

    private static final String HMAC = "HmacSHA256";

    private final UsersFile file;
    private final Audit audit;
    private final SecretKeySpec key;
    private volatile Version version;
    private UsersFile.Stamp refused;
    private boolean unreadable;

    /** One version of the file, and the passwords that were found right with it. */
    private record Version(Users users, UsersFile.Stamp stamp, Map<String, byte[]> verified) {
        static Version of(UsersFile.Stamp stamp, Users users) {
            return new Version(users, stamp, new ConcurrentHashMap<>());
        }
    }

    private LiveUsers(UsersFile file, byte[] secret, Audit audit) throws IOException {
        this.file = file;
        this.audit = audit;
        key = new SecretKeySpec(secret, HMAC);
        file.requireExists();
        // the stamp first: a file that changes meanwhile is read again
        UsersFile.Stamp stamp = file.stamp();
        version = Version.of(stamp, file.read());
        warnIfOpen();
    }

    /**
     * Reads a file for the first time. Blocks.
     *
     * @param file the file
     * @param secret random bytes that nobody else knows, at least 16
     * @param audit is told of each other version of the file
     * @return its users
     * @throws UsersFileException if there is no such file, or a line is wrong
     * @throws IOException if it can't be read
     */
    public static LiveUsers open(UsersFile file, byte[] secret, Audit audit) throws IOException {
        return new LiveUsers(file, secret, audit);
    }

    private void warnIfOpen() throws IOException {
        if (file.isOpenToOthers()) {
            LOG.warn("event=users_file_open_to_others file={} cure=\"chmod o-rw\"", file);
        }
    }

    /** Reads the file again if it is another than before. */
    void refresh() {
        UsersFile.Stamp stamp = null;
        try {
            stamp = file.stamp();
            if (!stamp.equals(version.stamp()) && !stamp.equals(refused)) {
                Users before = version.users();
                version = Version.of(stamp, file.read());
                audit.reloaded(file.toString(), version.users().changesSince(before), true);
                LOG.info("event=users_file_read file={} users={}", file, count());
                warnIfOpen();
            }
            unreadable = false;
        } catch (UsersFileException e) {
            refused = stamp; // reading it again can't help
            logRefused(e.getMessage());
        } catch (IOException e) {
            if (!unreadable) {
                logRefused(e.toString());
            }
            unreadable = true;
        }
    }

    private void logRefused(String why) {
        audit.reloaded(file.toString(), why, false);
        LOG.error(
                "event=users_file_refused file={} reason=\"{}\" kept=\"the {} read before\"",
                file,
                why,
                version.users());
    }

    private int count() {
        return version.users().names().size();
    }

    /** Tells whether there is such a user. */
    boolean isUser(String name) {
        return version.users().find(name) != null;
    }

    /** Returns a user's roles; none where there is no such user. */
    Set<String> roles(String name) {
        return version.users().roles(name);
    }

    /** Tells whether the user was let in with this password before. Quick. */
    boolean isVerified(Credentials credentials) {
        Version now = version;
        PasswordHash hash = now.users().find(credentials.user());
        byte[] verified = now.verified().get(credentials.user());
        return hash != null
                && verified != null
                && MessageDigest.isEqual(verified, tag(hash, credentials.password()));
    }

    /**
     * Tells whether there is such a user and this is the password. Takes long, and as long for a
     * name that nobody has.
     */
    boolean verify(Credentials credentials) {
        Version now = version;
        PasswordHash hash = now.users().find(credentials.user());
        if (hash == null) {
            now.users().standIn(number(credentials.user())).matches(credentials.password());
            return false;
        }
        if (!hash.matches(credentials.password())) {
            return false;
        }
        now.verified().put(credentials.user(), tag(hash, credentials.password()));
        return true;
    }

    /** A number of a name that nobody outside can foretell. */
    private int number(String name) {
        byte[] tag = hmac(name);
        return tag[0] << 24 | (tag[1] & 0xFF) << 16 | (tag[2] & 0xFF) << 8 | tag[3] & 0xFF;
    }

    private byte[] tag(PasswordHash hash, String password) {
        return hmac(hash.format() + '\0' + password);
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    /** Returns where the users stand, and how many they are. */
    @Override
    public String toString() {
        return file + ", " + version.users();
    }
}
