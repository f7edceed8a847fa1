// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file of {@link Users}. Changed by replacing it: who reads finds the old one or the new one,
 * also after a loss of power. A new file is its owner's alone (0600); one that replaces another has
 * that one's owner, group and permissions. Stateless; blocks, so never used on the broker's thread.
 */
public final class UsersFile {
    /** Largest file. */
    private static final int BYTES_MAX = 16 << 20;

    private static final String NEW_SUFFIX = ".new";

    private static final Set<PosixFilePermission> OWNER_ALONE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private final Path path;

    /** What tells one version of the file from another. */
    record Stamp(FileTime modified, long bytes, Object key) {}

    /** A change of the users. */
    @FunctionalInterface
    public interface Change {
        /**
         * Makes new users of those in the file.
         *
         * @param users those in the file; none if there is no file
         * @return what is to be in the file
         * @throws UsersFileException if the change can't be made
         */
        Users apply(Users users) throws UsersFileException;
    }

    /**
     * Names a file, which need not exist.
     *
     * @param path where it is
     */
    public UsersFile(Path path) {
        this.path = path;
    }

    /**
     * Tells whether there is such a file.
     *
     * @return as it was a moment ago
     */
    public boolean exists() {
        return Files.exists(path);
    }

    void requireExists() throws UsersFileException {
        if (!exists()) {
            throw missing();
        }
    }

    /**
     * Reads the file.
     *
     * @return the users
     * @throws UsersFileException if there is no such file, or a line is wrong
     * @throws IOException if it can't be read
     */
    public Users read() throws IOException {
        byte[] bytes;
        try {
            if (Files.size(path) > BYTES_MAX) {
                throw new UsersFileException(
                        path + " has " + Files.size(path) + " bytes, allowed are " + BYTES_MAX);
            }
            bytes = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw missing();
        }
        return Users.parse(decode(bytes), path.toString());
    }

    private UsersFileException missing() {
        return new UsersFileException("there is no file " + path);
    }

    private String decode(byte[] bytes) throws UsersFileException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new UsersFileException(path + " line " + line + ": it is not UTF-8");
        }
        return out.flip().toString();
    }

    /**
     * Returns what tells this version of the file from others.
     *
     * @throws IOException if there is no such file, or it can't be looked at
     */
    Stamp stamp() throws IOException {
        BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
    }

    /** Tells whether everybody on this machine may read or change the file. */
    boolean isOpenToOthers() throws IOException {
        if (!hasPermissions(path)) {
            return false;
        }
        Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
        open.retainAll(Files.getPosixFilePermissions(path));
        return !open.isEmpty();
    }

    private static boolean hasPermissions(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Replaces the file by a changed one, or makes it. While a change is under way others are
     * refused: what one of them read would be out of date when it writes.
     *
     * @param change what is to change
     * @throws UsersFileException if the change can't be made, or another is under way
     * @throws IOException if the file can't be read or written; it is as it was then
     */
    public void change(Change change) throws IOException {
        boolean exists = exists();
        // of a link, the file that it leads to is replaced, and not the link
        Path target = exists ? path.toRealPath() : path.toAbsolutePath();
        Path next = target.resolveSibling(target.getFileName() + NEW_SUFFIX);
        try (FileChannel channel = create(next)) {
            boolean done = false;
            try {
                Users users = change.apply(exists ? read() : Users.none());
                ByteBuffer text = StandardCharsets.UTF_8.encode(users.format());
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                channel.force(true);
                if (exists) {
                    inherit(target, next);
                }
                Files.move(
                        next,
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
                done = true;
            } finally {
                if (!done) {
                    Files.deleteIfExists(next);
                }
            }
        }
        forceFolder(target.getParent());
    }

    private FileChannel create(Path next) throws IOException {
        Set<StandardOpenOption> options =
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileAttribute<?>[] attributes =
                hasPermissions(next)
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
                        : new FileAttribute<?>[0];
        try {
            return FileChannel.open(next, options, attributes);
        } catch (FileAlreadyExistsException e) {
            throw new UsersFileException(
                    path
                            + " is being changed by somebody else; if nobody is, delete what a change"
                            + " that was broken off has left: "
                            + next);
        } catch (NoSuchFileException e) {
            throw new UsersFileException("there is no folder " + next.getParent());
        }
    }

    /** The broker, which may be another user than who changes the file, must still read it. */
    private static void inherit(Path from, Path to) throws IOException {
        if (!hasPermissions(from)) {
            return;
        }
        PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        PosixFileAttributes made = view.readAttributes();
        if (!made.owner().equals(old.owner())) {
            view.setOwner(old.owner());
        }
        if (!made.group().equals(old.group())) {
            view.setGroup(old.group());
        }
        view.setPermissions(old.permissions());
    }

    private static void forceFolder(Path folder) throws IOException {
        if (hasPermissions(folder)) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Returns where it is. */
    @Override
    public String toString() {
        return path.toString();
    }
}
