// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The users that a broker knows, and the text of the file that they stand in. Immutable.
 *
 * <pre>
 *   taffrail-users 2                                   the format's version, always first
 *   # whatever people want to say                      and empty lines: kept
 *   NAME:pbkdf2-sha256:ITERATIONS:SALT:HASH            a user; salt and hash in Base64
 *   NAME:pbkdf2-sha256:ITERATIONS:SALT:HASH:ROLE,ROLE  one with roles
 * </pre>
 *
 * A line that is none of these is an error, never skipped: a user who seems to be there and is not,
 * or the reverse, is worse than a broker that does not start. Version 1 has no roles; a file in
 * which nobody has any is written as that, so that brokers of then can read it.
 */
public final class Users {
    /** Most characters of a name. */
    public static final int NAME_CHARS_MAX = 255;

    private static final String MAGIC = "taffrail-users ";

    /** So many are named at most where changes are told. */
    private static final int NAMED_MAX = 20;

    private static final String WITHOUT_ROLES = "1";
    private static final String WITH_ROLES = "2";

    /** How many fields a user without roles has. */
    private static final int FIELDS = 5;

    private final List<String> lines;
    private final Map<String, User> byName;
    private final List<PasswordHash> hashes;

    /** One user; the roles in the order of the file. */
    private record User(PasswordHash hash, Set<String> roles) {
        String line(String name) {
            return name
                    + ':'
                    + hash.format()
                    + (roles.isEmpty() ? "" : ':' + String.join(",", roles));
        }
    }

    private Users(List<String> lines, Map<String, User> byName) {
        this.lines = List.copyOf(lines);
        this.byName = byName;
        this.hashes = byName.values().stream().map(User::hash).toList();
    }

    /**
     * Returns no users.
     *
     * @return what a new file has
     */
    public static Users none() {
        return new Users(List.of(), Map.of());
    }

    /**
     * Reads a file's text.
     *
     * @param text all of it
     * @param file its name, for errors
     * @return the users
     * @throws UsersFileException if a line is wrong, naming file and line
     */
    public static Users parse(String text, String file) throws UsersFileException {
        List<String> lines = text.lines().toList();
        String first = lines.isEmpty() ? "" : lines.get(0);
        if (!first.startsWith(MAGIC)) {
            throw broken(file, 1, "it does not begin with \"" + MAGIC + WITH_ROLES + '"');
        }
        boolean roles = first.equals(MAGIC + WITH_ROLES);
        if (!roles && !first.equals(MAGIC + WITHOUT_ROLES)) {
            throw broken(
                    file,
                    1,
                    "the format's version is neither "
                            + WITHOUT_ROLES
                            + " nor "
                            + WITH_ROLES
                            + ", which are known");
        }
        Map<String, User> byName = new LinkedHashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                parseLine(lines.get(i), roles, byName);
            } catch (IllegalArgumentException e) {
                throw broken(file, i + 1, e.getMessage());
            }
        }
        return new Users(lines.subList(Math.min(1, lines.size()), lines.size()), byName);
    }

    private static void parseLine(String line, boolean roles, Map<String, User> byName) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(
                    "it is neither a user, NAME:..., nor a comment, which begins with #");
        }
        String name = line.substring(0, colon);
        checkName(name);
        String hash = line.substring(colon + 1);
        Set<String> has = new LinkedHashSet<>();
        if (roles && line.chars().filter(c -> c == ':').count() == FIELDS) {
            int last = hash.lastIndexOf(':');
            for (String role : hash.substring(last + 1).split(",", -1)) {
                checkRole(role);
                if (!has.add(role)) {
                    throw new IllegalArgumentException("the role " + role + " is there twice");
                }
            }
            hash = hash.substring(0, last);
        }
        if (byName.put(name, new User(PasswordHash.parse(hash), has)) != null) {
            throw new IllegalArgumentException("the user \"" + name + "\" is there twice");
        }
    }

    /**
     * Says who has come, gone or changed.
     *
     * @param before the users before
     * @return for people; the names of a few, without passwords
     */
    String changesSince(Users before) {
        List<String> added = new ArrayList<>();
        List<String> passwords = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        byName.forEach(
                (name, user) -> {
                    User old = before.byName.get(name);
                    if (old == null) {
                        added.add(name);
                    } else {
                        if (!old.hash().format().equals(user.hash().format())) {
                            passwords.add(name);
                        }
                        if (!old.roles().equals(user.roles())) {
                            roles.add(name);
                        }
                    }
                });
        List<String> removed = new ArrayList<>(before.byName.keySet());
        removed.removeAll(byName.keySet());
        List<String> changes = new ArrayList<>();
        addNamed(changes, "added", added);
        addNamed(changes, "removed", removed);
        addNamed(changes, "other password", passwords);
        addNamed(changes, "other roles", roles);
        return changes.isEmpty() ? "no user has changed" : String.join("; ", changes);
    }

    private static void addNamed(List<String> changes, String what, List<String> names) {
        if (!names.isEmpty()) {
            int more = names.size() - NAMED_MAX;
            String named = String.join(", ", names.subList(0, Math.min(NAMED_MAX, names.size())));
            changes.add(what + ": " + named + (more > 0 ? " and " + more + " more" : ""));
        }
    }

    private static UsersFileException broken(String file, int line, String why) {
        return new UsersFileException(file + " line " + line + ": " + why);
    }

    /**
     * Demands that a user may have this name: 1 to {@link #NAME_CHARS_MAX} characters in any
     * script, none of them a colon or a control character, without white space around it or a
     * {@code #} before it.
     *
     * @param name any text
     * @throws IllegalArgumentException if not, saying why
     */
    public static void checkName(String name) {
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "a user's name of "
                            + name.length()
                            + " characters, allowed are 1 to "
                            + NAME_CHARS_MAX);
        }
        if (!name.equals(name.strip()) || name.startsWith("#")) {
            throw new IllegalArgumentException(
                    "a user's name begins with # or has white space around it");
        }
        if (name.codePoints().anyMatch(Users::isForbidden)) {
            throw new IllegalArgumentException(
                    "a user's name has a colon, a control character or half of a surrogate pair");
        }
    }

    private static boolean isForbidden(int c) {
        return c == ':'
                || Character.isISOControl(c)
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                || Character.getType(c) == Character.SURROGATE;
    }

    /**
     * Demands that a role may have this name: what a user's name may be, without a comma, white
     * space or {@code *}, and not {@code none}.
     *
     * @param role any text
     * @throws IllegalArgumentException if not, saying why
     */
    public static void checkRole(String role) {
        if (role.isEmpty() || role.length() > NAME_CHARS_MAX || role.startsWith("#")) {
            throw new IllegalArgumentException(
                    "a role's name has 1 to "
                            + NAME_CHARS_MAX
                            + " characters and does not begin with #");
        }
        if (role.equals(Grantees.NOBODY)
                || role.codePoints()
                        .anyMatch(
                                c ->
                                        isForbidden(c)
                                                || c == ','
                                                || c == '*'
                                                || Character.isWhitespace(c)
                                                || Character.isSpaceChar(c))) {
            throw new IllegalArgumentException(
                    "a role's name is not none, and has no colon, comma, star, white space or"
                            + " control character");
        }
    }

    /**
     * Returns the names.
     *
     * @return in the order of the file
     */
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }

    /**
     * Returns what is kept of a user's password.
     *
     * @param name the user
     * @return null if there is no such user
     */
    PasswordHash find(String name) {
        User user = byName.get(name);
        return user == null ? null : user.hash();
    }

    /**
     * Returns a user's roles.
     *
     * @param name the user
     * @return in the order of the file; none if there is no such user
     */
    public Set<String> roles(String name) {
        User user = byName.get(name);
        return user == null ? Set.of() : Collections.unmodifiableSet(user.roles());
    }

    /**
     * Returns the hash of somebody, for a user who does not exist, so that an attempt under a name
     * that nobody has takes as long as any other.
     *
     * @param number any number, the same for the same name
     * @return nobody's where there are no users at all
     */
    PasswordHash standIn(int number) {
        return hashes.isEmpty()
                ? PasswordHash.nobody()
                : hashes.get(Math.floorMod(number, hashes.size()));
    }

    /**
     * Returns these users and one more, or with another password.
     *
     * @param name the user; {@link #checkName} allows it
     * @param hash the new password's
     * @return new users; one who is there already keeps its line's place, and its roles
     */
    public Users with(String name, PasswordHash hash) {
        checkName(name);
        return with(name, new User(hash, roles(name)));
    }

    /**
     * Returns these users, one of them with other roles.
     *
     * @param name a user who is there
     * @param roles all its roles; {@link #checkRole} allows each
     * @return new users
     * @throws IllegalArgumentException if there is no such user
     */
    public Users withRoles(String name, Collection<String> roles) {
        if (!byName.containsKey(name)) {
            throw new IllegalArgumentException("there is no user \"" + name + '"');
        }
        roles.forEach(Users::checkRole);
        return with(name, new User(find(name), new LinkedHashSet<>(roles)));
    }

    private Users with(String name, User user) {
        List<String> newLines = new ArrayList<>(lines);
        Map<String, User> newByName = new LinkedHashMap<>(byName);
        String line = user.line(name);
        if (newByName.put(name, user) == null) {
            newLines.add(line);
        } else {
            newLines.replaceAll(old -> old.startsWith(name + ':') ? line : old);
        }
        return new Users(newLines, newByName);
    }

    /**
     * Returns these users without one.
     *
     * @param name the user
     * @return new users
     */
    public Users without(String name) {
        List<String> newLines = new ArrayList<>(lines);
        Map<String, User> newByName = new LinkedHashMap<>(byName);
        if (newByName.remove(name) != null) {
            newLines.removeIf(old -> old.startsWith(name + ':'));
        }
        return new Users(newLines, newByName);
    }

    /**
     * Returns the text that {@link #parse} reads back as the same users.
     *
     * @return lines, each ended by a line feed
     */
    public String format() {
        boolean roles = byName.values().stream().anyMatch(user -> !user.roles().isEmpty());
        StringBuilder text =
                new StringBuilder(MAGIC).append(roles ? WITH_ROLES : WITHOUT_ROLES).append('\n');
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** Returns how many users there are. */
    @Override
    public String toString() {
        return byName.size() + " users";
    }
}
