// SPDX-License-Identifier: Apache-2.0
package org.taffrail.jms.jndi;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Hashtable;

import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameAlreadyBoundException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.Referenceable;
import javax.naming.spi.InitialContextFactory;
import javax.naming.spi.NamingManager;

/**
 * A naming service that knows nothing of messaging: it keeps what is bound in files, as directories
 * and file system providers do it. Of what is {@link Referenceable} it keeps the reference, of
 * other objects their serialized form; with {@value #AS_OBJECTS} always the latter.
 */
public final class FileNaming implements InitialContextFactory {
    static final String AS_OBJECTS = "file.naming.as.objects";

    /** For the naming system. */
    public FileNaming() {}

    @Override
    public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
        return new FolderContext(environment);
    }

    private static final class FolderContext extends InitialContext {
        private final Hashtable<?, ?> environment;
        private final Path folder;

        FolderContext(Hashtable<?, ?> environment) throws NamingException {
            super(true);
            this.environment = environment;
            folder = Path.of((String) environment.get(Context.PROVIDER_URL));
        }

        @Override
        public void bind(String name, Object object) throws NamingException {
            Object state =
                    NamingManager.getStateToBind(
                            object, new CompositeName(name), this, environment);
            if (state instanceof Referenceable referenceable
                    && !environment.containsKey(AS_OBJECTS)) {
                state = referenceable.getReference();
            }
            try (OutputStream file =
                            Files.newOutputStream(file(name), StandardOpenOption.CREATE_NEW);
                    ObjectOutputStream out = new ObjectOutputStream(file)) {
                out.writeObject(state);
            } catch (FileAlreadyExistsException e) {
                throw new NameAlreadyBoundException(name);
            } catch (IOException e) {
                throw because(e);
            }
        }

        @Override
        public Object lookup(String name) throws NamingException {
            if (!Files.exists(file(name))) {
                throw new NameNotFoundException(name);
            }
            try (InputStream file = Files.newInputStream(file(name));
                    ObjectInputStream in = new ObjectInputStream(file)) {
                return NamingManager.getObjectInstance(
                        in.readObject(), new CompositeName(name), this, environment);
            } catch (NamingException e) {
                throw e;
            } catch (Exception e) { // what getObjectInstance declares
                throw because(e);
            }
        }

        private Path file(String name) {
            return folder.resolve(URLEncoder.encode(name, StandardCharsets.UTF_8));
        }

        private static NamingException because(Exception cause) {
            NamingException e = new NamingException(cause.getMessage());
            e.setRootCause(cause);
            return e;
        }
    }
}
