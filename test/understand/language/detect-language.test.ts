import { describe, expect, test } from 'vitest';
import { detectLanguage } from '../../../src/understand/language/detect-language.ts';
import { randomText } from '../random-text.ts';

const check = async (text: string, expected: string | null) => expect(await detectLanguage(text)).toBe(expected);

describe('detectLanguage', () => {
  test.each([
    ['en', 'The leave policy applies to all employees of the company from the first day of their contract.'],
    ['de', 'Die Urlaubsregelung gilt für alle Beschäftigten des Unternehmens ab dem ersten Tag ihres Vertrags.'],
    ['fr', "La politique de congés s'applique à tous les employés de l'entreprise dès le premier jour du contrat."],
    ['es', 'La política de vacaciones se aplica a todos los empleados de la empresa desde el primer día del contrato.'],
    ['it', "La politica delle ferie si applica a tutti i dipendenti dell'azienda dal primo giorno del contratto."],
    ['pt', 'A política de férias aplica-se a todos os funcionários da empresa desde o primeiro dia do seu contrato.'],
    [
      'nl',
      'Het verlofbeleid is van toepassing op alle medewerkers van het bedrijf vanaf de eerste dag van hun contract.',
    ],
    ['sv', 'Semesterpolicyn gäller för alla anställda i företaget från och med den första dagen av deras avtal.'],
    [
      'pl',
      'Zasady urlopowe dotyczą wszystkich pracowników firmy od pierwszego dnia ich umowy, która jest ważna przez rok.',
    ],
    [
      'ru',
      'Правила отпуска распространяются на всех сотрудников компании с первого дня их договора, и это не зависит от должности.',
    ],
    ['ar', 'تنطبق سياسة الإجازات على جميع موظفي الشركة من اليوم الأول من العقد الذي وقعوه مع الشركة في هذا العام.'],
    ['hi', 'अवकाश नीति कंपनी के सभी कर्मचारियों पर उनके अनुबंध के पहले दिन से लागू होती है और इसमें कोई बदलाव नहीं है।'],
    ['ja', '休暇の規定は、契約の初日から会社のすべての従業員に適用されます。'],
    ['zh', '休假政策自合同第一天起适用于公司的所有员工。'],
    ['ko', '휴가 정책은 계약 첫날부터 회사의 모든 직원에게 적용됩니다.'],
    ['el', 'Η πολιτική αδειών ισχύει για όλους τους εργαζομένους.'],
  ])('a sentence tells that it is %s', (language, text) => check(text, language));

  test('code, addresses and numbers have no say', () =>
    check(
      `Der Server wird mit diesem Befehl gestartet, und er ist dann für alle erreichbar.\n\`\`\`sh\n${'the server is at the end of the line and it was for that of you\n'.repeat(20)}\`\`\`\nhttps://the.of.and.example/is/it`,
      'de',
    ));

  test('the beginning alone does not decide over a long text', () =>
    check(
      `This is the cover page of the file, and that is all of it in English.\n${'Die Vertragsparteien haben sich auf die folgenden Bedingungen geeinigt, und diese sind nicht mehr zu ändern. '.repeat(80)}`,
      'de',
    ));

  test('what is too short, or no language, is none', async () => {
    await check('', null);
    await check('OK', null);
    await check('12 345 67-89 %', null);
    await check('xqzv brgl pfft kwrr zzkt', null);
  });

  test('nothing makes it fail', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const found = await detectLanguage(randomText(seed, 400));
      expect(found).toSatisfy((each) => each === null || /^[a-z]{2,3}$/.test(String(each)));
    }
  });
});
