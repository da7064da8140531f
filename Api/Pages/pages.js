// What a mailed link opens: takes the token from behind the # of the address, where no server and no log sees it, and sends it with the form.
'use strict';

const texts = {
  nb: {
    done: {
      join: 'Velkommen! Du er nå bruker i TMS og kan logge inn med e-postadressen som invitasjonen kom til.',
      'reset-password': 'Passordet er lagret. Alle steder du var logget inn, er logget ut. Logg inn med det nye passordet.',
      'confirm-email': 'E-postadressen er bekreftet. Fra nå av logger du inn med den.',
    },
    noToken: 'Lenken mangler koden sin. Åpne den på nytt fra e-posten, eller be om en ny.',
    unreachable: 'TMS svarer ikke akkurat nå. Prøv igjen om litt.',
    codes: {
      invalid_token: 'Lenken er brukt, utløpt eller ikke sendt herfra. Be om en ny.',
      invalid_invitation: 'Invitasjonen er brukt, trukket tilbake eller utløpt. Be om en ny.',
      email_taken: 'E-postadressen er allerede i bruk. Logg inn, eller be om en invitasjon til en annen adresse.',
      weak_password: 'Passordet er for lett å gjette. Velg et annet.',
      too_short: 'Passordet må ha minst 10 tegn.',
      too_long: 'Det er for langt.',
      required: 'Fyll ut alle feltene.',
      invalid_characters: 'Her er det tegn som ikke kan brukes.',
      rate_limited: 'For mange forsøk. Vent litt og prøv igjen.',
    },
  },
  en: {
    done: {
      join: 'Welcome! You are a user of TMS now and can log in with the e-mail address that was invited.',
      'reset-password': 'The password is saved. Wherever you were logged in, you are logged out. Log in with the new password.',
      'confirm-email': 'The e-mail address is confirmed. From now on you log in with it.',
    },
    noToken: 'The link lacks its code. Open it from the mail again, or ask for a new one.',
    unreachable: 'TMS does not answer right now. Try again in a moment.',
    codes: {},
  },
};

const words = texts[document.documentElement.lang] ?? texts.en;
const form = document.querySelector('form');
const page = document.body.dataset.page;
const token = new URLSearchParams(location.hash.slice(1)).get('token');
history.replaceState(null, '', location.pathname);

function say(role, sentences) {
  const place = document.getElementById('told');
  place.setAttribute('role', role);
  place.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement('p'), { textContent: sentence })));
  place.hidden = false;
}

async function faultsOf(answer) {
  const problem = await answer.json().catch(() => ({}));
  const faults = problem.errors?.length ? problem.errors : [{ code: problem.code, message: problem.detail }];
  return [...new Set(faults.map((fault) => words.codes[fault.code] ?? fault.message ?? words.unreachable))];
}

function post(path, body) {
  return fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
}

// Joining logs in, too; this page has no use for that.
async function leave(answer) {
  const { refreshToken } = await answer.json();
  await post('api/v2/auth/logout', { refreshToken });
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const answer = await post(form.dataset.to, { [form.dataset.token]: token, ...Object.fromEntries(new FormData(form)) });
    if (answer.ok) {
      form.hidden = true;
      say('status', [words.done[page]]);
      if (page === 'join') await leave(answer);
    } else {
      say('alert', await faultsOf(answer));
    }
  } catch {
    if (!form.hidden) say('alert', [words.unreachable]);
  } finally {
    button.disabled = false;
  }
});

if (token) {
  form.hidden = false;
} else {
  say('alert', [words.noToken]);
}
