// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.cli;

import org.taffrail.broker.security.PasswordHash;
import org.taffrail.broker.security.Users;
import org.taffrail.broker.security.UsersFile;
import org.taffrail.broker.security.UsersFileException;
import org.taffrail.wire.ErrorCode;
import org.taffrail.wire.WireException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/**
 * Makes and changes the file of a broker's users. A running broker notices at the next login. A
 * password is never an argument, because everybody on the machine can list those.
 */
@Command(
        name = "user",
        description = "Makes and changes the file of a broker's users (security.usersFile).",
        subcommands = {
            UserCommand.Add.class,
            UserCommand.ChangePassword.class,
            UserCommand.Grant.class,
            UserCommand.Revoke.class,
            UserCommand.Remove.class,
            UserCommand.Listing.class
        })
final class UserCommand implements Runnable {
    private final PasswordEntry entry;

    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    private boolean help;

    UserCommand(PasswordEntry entry) {
        this.entry = entry;
    }

    @Override
    public void run() {
        throw new WireException(
                ErrorCode.INVALID_OPTION,
                "say what to do: add, password, grant, revoke, remove or list");
    }

    /** Which file. */
    static final class FileOption {
        @Option(
                names = "--file",
                required = true,
                paramLabel = "FILE",
                description = "The users file.")
        private Path path;

        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Shows this text.")
        private boolean help;

        UsersFile file() {
            return new UsersFile(path);
        }
    }

    /** Whose, and the new password. */
    static final class NewPassword {
        @Parameters(paramLabel = "NAME", description = "The user.")
        private String name;

        @Option(
                names = "--password-stdin",
                description = "Takes the password from the first line of standard input.")
        private boolean fromStdin;

        @Option(
                names = "--no-password",
                description = "No password is right: a certificate lets the user in.")
        private boolean none;

        @Option(
                names = "--iterations",
                paramLabel = "N",
                description = "How slow the hash is; ${DEFAULT-VALUE} if not said otherwise.",
                defaultValue = "" + PasswordHash.ITERATIONS,
                converter = NumberRange.Iterations.class)
        private long iterations;

        String name() {
            return checked(name);
        }

        PasswordHash hash(PasswordEntry entry) throws IOException {
            if (none) {
                requireValid(
                        !fromStdin, "--no-password and --password-stdin contradict each other");
                return PasswordHash.nobody();
            }
            String password = fromStdin ? entry.readLine() : entry.prompt(name);
            requireValid(!password.isEmpty(), "the password is empty");
            requireValid(
                    password.length() <= PasswordHash.PASSWORD_CHARS_MAX,
                    "the password has more than "
                            + PasswordHash.PASSWORD_CHARS_MAX
                            + " characters");
            requireValid(password.indexOf('\0') < 0, "the password has the character U+0000");
            byte[] salt = new byte[PasswordHash.SALT_BYTES];
            new SecureRandom().nextBytes(salt);
            return PasswordHash.of(password, salt, Math.toIntExact(iterations));
        }
    }

    private static String checked(String name) {
        try {
            Users.checkName(name);
            return name;
        } catch (IllegalArgumentException e) {
            throw new WireException(ErrorCode.INVALID_OPTION, e.getMessage());
        }
    }

    private static void checkRoles(List<String> roles) {
        try {
            roles.forEach(Users::checkRole);
        } catch (IllegalArgumentException e) {
            throw new WireException(ErrorCode.INVALID_OPTION, e.getMessage());
        }
    }

    private static void requireValid(boolean valid, String otherwise) {
        if (!valid) {
            throw new WireException(ErrorCode.INVALID_OPTION, otherwise);
        }
    }

    private static void requireUser(Users users, String name, UsersFile file)
            throws UsersFileException {
        if (!users.names().contains(name)) {
            throw new UsersFileException("there is no user \"" + name + "\" in " + file);
        }
    }

    private static void requireNew(Users users, String name, UsersFile file)
            throws UsersFileException {
        if (users.names().contains(name)) {
            throw new UsersFileException(
                    "there is a user \""
                            + name
                            + "\" in "
                            + file
                            + " already; \"user password\" changes the password");
        }
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    /** Adds one. */
    @Command(name = "add", description = "Adds a user, and makes the file if there is none.")
    static final class Add implements Action {
        @ParentCommand private UserCommand parent;
        @Mixin private FileOption file;
        @Mixin private NewPassword password;

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "A role that the user has; may be said again for another.")
        private List<String> roles = new ArrayList<>();

        @Override
        public Integer call() throws IOException {
            UsersFile users = file.file();
            String name = password.name();
            checkRoles(roles);
            if (users.exists()) {
                requireNew(users.read(), name, users); // before a password is asked for
            }
            PasswordHash hash = password.hash(parent.entry);
            users.change(
                    old -> {
                        requireNew(old, name, users);
                        return old.with(name, hash).withRoles(name, roles);
                    });
            parent.say("user " + name + " added to " + users);
            return 0;
        }
    }

    /** Gives one another password. */
    @Command(name = "password", description = "Changes a user's password.")
    static final class ChangePassword implements Action {
        @ParentCommand private UserCommand parent;
        @Mixin private FileOption file;
        @Mixin private NewPassword password;

        @Override
        public Integer call() throws IOException {
            UsersFile users = file.file();
            String name = password.name();
            requireUser(users.read(), name, users);
            PasswordHash hash = password.hash(parent.entry);
            users.change(
                    old -> {
                        requireUser(old, name, users);
                        return old.with(name, hash);
                    });
            parent.say("password of user " + name + " changed in " + users);
            return 0;
        }
    }

    /** Whose, and which roles. */
    static final class SomeRoles {
        @Parameters(index = "0", paramLabel = "NAME", description = "The user.")
        private String name;

        @Parameters(index = "1..*", arity = "1..*", paramLabel = "ROLE", description = "The roles.")
        private List<String> roles;

        /** Gives the user other roles; returns all that it has then. */
        Set<String> change(UsersFile users, BiConsumer<Set<String>, List<String>> change)
                throws IOException {
            checkRoles(roles);
            Set<String> all = new LinkedHashSet<>();
            users.change(
                    old -> {
                        requireUser(old, name, users);
                        all.addAll(old.roles(name));
                        change.accept(all, roles);
                        return old.withRoles(name, all);
                    });
            return all;
        }

        private String told(Set<String> all) {
            return "user "
                    + name
                    + (all.isEmpty() ? " has no roles" : " is " + String.join(", ", all));
        }
    }

    /** Gives roles. */
    @Command(name = "grant", description = "Gives a user roles; they count from its next login on.")
    static final class Grant implements Action {
        @ParentCommand private UserCommand parent;
        @Mixin private FileOption file;
        @Mixin private SomeRoles some;

        @Override
        public Integer call() throws IOException {
            parent.say(some.told(some.change(file.file(), Set::addAll)));
            return 0;
        }
    }

    /** Takes roles. */
    @Command(
            name = "revoke",
            description = "Takes roles from a user; connections that it has keep them.")
    static final class Revoke implements Action {
        @ParentCommand private UserCommand parent;
        @Mixin private FileOption file;
        @Mixin private SomeRoles some;

        @Override
        public Integer call() throws IOException {
            parent.say(
                    some.told(
                            some.change(file.file(), (all, taken) -> taken.forEach(all::remove))));
            return 0;
        }
    }

    /** Takes one out. */
    @Command(
            name = "remove",
            description = "Removes a user; connections that the user has are not ended.")
    static final class Remove implements Action {
        @ParentCommand private UserCommand parent;
        @Mixin private FileOption file;

        @Parameters(paramLabel = "NAME", description = "The user.")
        private String name;

        @Override
        public Integer call() throws IOException {
            UsersFile users = file.file();
            requireUser(users.read(), name, users);
            users.change(
                    old -> {
                        requireUser(old, name, users);
                        return old.without(name);
                    });
            parent.say("user " + name + " removed from " + users);
            return 0;
        }
    }

    /** Shows who there is. */
    @Command(
            name = "list",
            description =
                    "Lists the users, one a line, each with a colon and its roles if it has any.")
    static final class Listing implements Action {
        @ParentCommand private UserCommand parent;
        @Mixin private FileOption file;

        @Override
        public Integer call() throws IOException {
            Users users = file.file().read();
            for (String name : users.names()) {
                Set<String> roles = users.roles(name);
                parent.say(roles.isEmpty() ? name : name + ": " + String.join(",", roles));
            }
            return 0;
        }
    }

    /** What a subcommand does; 0 where it could. */
    private interface Action extends Callable<Integer> {
        @Override
        Integer call() throws IOException;
    }
}
